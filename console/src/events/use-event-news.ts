import { useQuery } from '@tanstack/react-query';
import { newsText } from '../kit/news-text.ts';
import { type EventFilters, eventListKey, loadEvents, PAGE_ROWS } from './event-queries.ts';

/** Events come by the thousand, so they are looked for now and then instead of told one by one. */
const LOOK_MS = 15_000;

/** How many events came in since the list was loaded, of those that it would show. */
export function useEventNews(filters: EventFilters, ids: readonly number[]): string | undefined {
  const newest = ids[0] ?? 0;
  const { data } = useQuery({
    queryKey: ['event-head', ...eventListKey(filters)],
    queryFn: ({ signal }) => loadEvents(filters, { cursor: undefined, signal }),
    refetchInterval: LOOK_MS,
    enabled: newest > 0,
    gcTime: 0,
  });
  return newsText(data?.data.filter(({ id }) => id > newest).length ?? 0, PAGE_ROWS);
}
