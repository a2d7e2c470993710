import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { useListKeys } from '../kit/use-list-keys.ts';
import { alertFilters } from './alert-filters.ts';
import { alertFacetsQuery, alertListKey, loadAlerts } from './alert-queries.ts';
import type { AlertSearch } from './alert-search.ts';
import type { Alert } from './alert-values.ts';
import type { Targets } from './targets.ts';
import { useFocusedAlert } from './use-focused-alert.ts';
import { useTriage } from './use-triage.ts';

const route = getRouteApi('/app/alerts');

/** The list of alerts as its address says, with its cursor, its selection and what can be done with them. */
export function useAlertList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<AlertSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const searchFor = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const open = useCallback((view: AlertSearch) => void navigate({ search: view }), [navigate]);
  const preview = useCallback((id: number | undefined) => change({ preview: id }), [change]);

  const filters = alertFilters(search);
  const found = useCursorList<Alert>({
    queryKey: alertListKey(filters),
    load: (cursor, signal) => loadAlerts(filters, { cursor, signal }),
  });
  const matching = useQuery(alertFacetsQuery(filters)).data?.matching;
  const { rows, ids } = found;
  const list = useListKeys({ ids, things: 'alerts', onOpen: preview, onClose: () => stepBack() });
  const focused = useFocusedAlert({ rows, cursorId: list.cursorId, previewId: search.preview, onPreview: preview });
  const { selection, clear } = list;
  const isSelecting = selection.ids.size > 0;
  const triage = useTriage({ targets: targets(), onActed: isSelecting ? clear : undefined });
  const stepBack = () => (triage.bulk ? triage.dismiss() : preview(undefined));

  function targets(): Targets | null {
    if (!isSelecting) return focused.alert ? { alerts: [focused.alert] } : null;
    const alerts = rows.filter(({ id }) => selection.ids.has(id));
    return selection.allMatching ? { alerts, matching: { filters, count: matching ?? alerts.length } } : { alerts };
  }
  return { search, change, searchFor, open, preview, filters, found, matching, list, focused, triage, isSelecting };
}
