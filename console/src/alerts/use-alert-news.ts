import { useQuery, useQueryClient } from '@tanstack/react-query';
import { newsText } from '../kit/news-text.ts';
import { type Changes, useLiveChanges } from '../kit/use-live-changes.ts';
import { putAlert } from './alert-cache.ts';
import type { AlertFilters } from './alert-filters.ts';
import { alertListKey, loadAlerts, loadAlertsById, PAGE_ROWS } from './alert-queries.ts';

type Options = { filters: AlertFilters; ids: readonly number[]; isLoaded: boolean; refresh: () => Promise<unknown> };

/**
 * What happens while a list is looked at: loaded alerts change in their places, and how many new ones match is counted;
 * they come in when somebody asks for them, so no row moves by itself.
 */
export function useAlertNews({ filters, ids, isLoaded, refresh }: Options) {
  const queries = useQueryClient();
  const newest = ids[0] ?? 0;
  const head = useQuery({
    queryKey: ['alert-head', ...alertListKey(filters)],
    queryFn: ({ signal }) => loadAlerts(filters, { cursor: undefined, signal }),
    enabled: false,
    gcTime: 0,
  });
  const fresh = head.data?.data.filter(({ id }) => id > newest) ?? [];

  async function update({ changed, raised, afresh }: Changes) {
    if (!isLoaded) return;
    if (afresh || raised) {
      const { data } = await head.refetch();
      // Where nothing is shown, nothing can jump.
      if (ids.length === 0 && data?.data.length) await refresh();
    }
    const stale = afresh ? ids : ids.filter((id) => changed.has(id));
    if (stale.length === 0) return;
    for (const alert of await loadAlertsById(stale.slice(0, PAGE_ROWS))) putAlert(queries, alert);
  }
  useLiveChanges('alert', (changes) => void update(changes).catch(() => undefined));

  return newsText(fresh.length, PAGE_ROWS);
}
