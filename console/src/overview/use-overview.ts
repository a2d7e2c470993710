import { useQuery } from '@tanstack/react-query';
import type { Range } from '../kit/range-search.ts';
import { EACH_MINUTE, summaryQuery } from '../reports/report-queries.ts';
import { anyEventQuery } from './any-event-query.ts';

/** While somebody sends a first event, it should not take a minute to appear. */
const FIRST_MS = 3_000;

/** The summary of a range, and whether nothing was ever sent that it could tell of. */
export function useOverview(range: Range) {
  const any = useQuery({
    ...anyEventQuery,
    // Once there was one, that does not change.
    staleTime: ({ state }) => (state.data ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) => state.data === false && FIRST_MS,
  });
  const isEmpty = any.data === false;
  const summary = useQuery({ ...summaryQuery(range), ...EACH_MINUTE, enabled: any.isFetched && !isEmpty });
  return { ...summary, isEmpty };
}
