import { type InfiniteData, type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { newerOf } from './newer-of.ts';

type Page<Item> = { data: Item[]; next_cursor: string | null };

type Options<Item> = {
  queryKey: QueryKey;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;
};

/**
 * A list that goes on by cursor as far as someone scrolls. Its pages are never read again one after the other, however
 * many there are: changes are put into the rows, and `refresh` starts over with the newest page.
 */
export function useCursorList<Item extends { id: number }>({ queryKey, load }: Options<Item>) {
  const queries = useQueryClient();
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // Comparing a hundred thousand rows with themselves takes longer than to render forty.
    structuralSharing: false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { isSuccess, hasNextPage, isFetching, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  const isEmpty = isSuccess && rows.length === 0 && !hasNextPage;
  /** What is there stays until the newest page has come. */
  const refresh = () => {
    queries.setQueryData<Pages<Item>>(queryKey, firstPageOf);
    return query.refetch();
  };
  return { ...query, rows, ids, isEmpty, loadMore, refresh };
}

type Pages<Item> = InfiniteData<Page<Item>, string | undefined>;

/** A list is read again page by page, as many as it has. */
function firstPageOf<Item>(pages: Pages<Item> | undefined): Pages<Item> | undefined {
  return pages && { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) };
}

/** The pages with one row changed; the others stay the same objects, so their rows are not rendered again. */
export function withRow<Item extends { id: number; version?: number }>(
  pages: Pages<Item> | undefined,
  row: Item,
): Pages<Item> | undefined {
  if (!pages) return pages;
  const changed = pages.pages.map((page) =>
    page.data.some(({ id }) => id === row.id)
      ? { ...page, data: page.data.map((other) => (other.id === row.id ? newerOf(other, row) : other)) }
      : page,
  );
  return { ...pages, pages: changed };
}
