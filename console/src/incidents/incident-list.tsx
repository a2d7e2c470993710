import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { DataTable } from '../kit/data-table.tsx';
import { ListFoot } from '../kit/list-foot.tsx';
import { RefreshPill } from '../kit/refresh-pill.tsx';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { useListKeys } from '../kit/use-list-keys.ts';
import { deletedColumns } from './deleted-columns.tsx';
import { IncidentBulkBar } from './incident-bulk-bar.tsx';
import { incidentColumns } from './incident-columns.tsx';
import { type Incident, type IncidentFilters, incidentListKey, loadIncidents } from './incident-queries.ts';
import type { IncidentSearch } from './incident-search.ts';
import { NoIncidents } from './no-incidents.tsx';
import { useIncidentListNews } from './use-incident-list-news.ts';

const route = getRouteApi('/app/incidents');

type Props = { search: IncidentSearch; filters: IncidentFilters; onClear: () => void; onCreate: () => void };

/** The rows of the list of incidents, their keys, and what can be done with several at once. */
export function IncidentList({ search, filters, onClear, onCreate }: Props) {
  const navigate = route.useNavigate();
  const isDeleted = search.shelf === 'deleted';
  const found = useCursorList<Incident>({
    queryKey: incidentListKey(filters),
    load: (cursor, signal) => loadIncidents(filters, { cursor, signal }),
  });
  const open = useCallback(
    (id: number) => {
      // What is deleted has no page; it is restored from its row.
      if (!isDeleted) void navigate({ to: '/incidents/$id', params: { id: String(id) } });
    },
    [navigate, isDeleted],
  );
  const list = useListKeys({ ids: found.ids, things: 'incidents', onOpen: open });
  const { hasNew, show } = useIncidentListNews({ filters, ids: found.ids, refresh: found.refresh });

  const pill = (
    <RefreshPill things="incidents" news={hasNew ? 'New incidents' : undefined} onShow={() => void show()} />
  );
  if (found.isEmpty) {
    return (
      <div className="relative min-w-0 flex-1">
        {pill}
        <NoIncidents search={search} onClear={onClear} onCreate={onCreate} />
      </div>
    );
  }
  const selected = found.rows.filter(({ id }) => list.selection.ids.has(id));
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      {pill}
      <DataTable
        label="Incidents"
        columns={isDeleted ? deletedColumns : incidentColumns}
        rows={found.rows}
        list={list}
        onOpen={open}
        onEnd={found.loadMore}
        foot={<ListFoot list={found} />}
      />
      {selected.length > 0 && <IncidentBulkBar incidents={selected} onClear={list.clear} />}
    </div>
  );
}
