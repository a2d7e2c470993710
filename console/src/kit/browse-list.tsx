import { type ReactNode, useCallback } from 'react';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';
import { ListFoot } from './list-foot.tsx';
import type { useCursorList } from './use-cursor-list.ts';
import { useListKeys } from './use-list-keys.ts';

type Props<Item extends { id: number }> = {
  /** What it lists, in the plural: "Sensors". */
  label: string;
  columns: Column<Item>[];
  found: ReturnType<typeof useCursorList<Item>>;
  /** The row that is shown beside the list, if one is. */
  openId: number | undefined;
  onOpen: (id: number) => void;
  onClose: () => void;
  /** What stands there when nothing was found. */
  empty: ReactNode;
};

/** A list whose rows are opened, one at a time, and not selected. */
export function BrowseList<Item extends { id: number }>(props: Props<Item>) {
  const { label, columns, found, openId, onOpen, onClose, empty } = props;
  const list = useListKeys({ ids: found.ids, things: label.toLowerCase(), onOpen, onClose, selects: false });
  const { fetchNextPage, hasNextPage, isFetching } = found;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  if (found.isSuccess && found.rows.length === 0 && !hasNextPage) return empty;
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={found.rows}
      list={list}
      onOpen={onOpen}
      openId={openId}
      onEnd={loadMore}
      foot={<ListFoot list={found} />}
    />
  );
}
