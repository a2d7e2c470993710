import { type ComponentProps, useCallback } from 'react';
import { ListFoot } from './list-foot.tsx';
import { useSeen } from './use-seen.ts';

/** The end of a list that is part of a page: it loads what follows when it comes into sight. */
export function EndlessFoot({ list }: ComponentProps<typeof ListFoot>) {
  const { fetchNextPage, hasNextPage, isFetching, error } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !error) fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching, error]);
  const end = useSeen(more);
  return <div ref={end}>{(list.isPending || hasNextPage || error) && <ListFoot list={list} />}</div>;
}
