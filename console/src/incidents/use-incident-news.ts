import { type Query, useQueryClient } from '@tanstack/react-query';
import { useLiveChanges } from '../kit/use-live-changes.ts';

/** Shows what others do to an incident while it is looked at: its fields, its timeline and whatever belongs to it. */
export function useIncidentNews(id: number): void {
  const queries = useQueryClient();
  useLiveChanges('incident', ({ changed, afresh }) => {
    if (!changed.has(id) && !afresh) return;
    void queries.invalidateQueries({ queryKey: ['incident', id], predicate: isShort });
  });
}

/** Long lists are not read again page by page under the person who scrolls in them. */
function isShort({ state }: Query): boolean {
  const { pages = [] } = (state.data ?? {}) as { pages?: unknown[] };
  return pages.length <= 1;
}
