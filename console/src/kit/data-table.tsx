import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { type Column, features } from './column.ts';
import { DataHeader } from './data-header.tsx';
import { DataRow } from './data-row.tsx';
import { gridTracks } from './grid-tracks.ts';
import type { ListKeys } from './use-list-keys.ts';
import { HEADER_HEIGHT, useRowHeight } from './use-row-height.ts';

type Props<Item extends { id: number }> = {
  /** What the table lists, for those who hear it. */
  label: string;
  columns: Column<Item>[];
  rows: Item[];
  list: ListKeys;
  onOpen: (id: number) => void;
  /** The row that is shown beside the list, if one is. */
  openId?: number | undefined;
  /** Called when the end comes near, to load what follows. */
  onEnd: () => void;
  /** What stands below the last row: more is coming, or it failed. */
  foot?: ReactNode;
};

/** How many rows are drawn beyond the window, and how many before the end the next page is asked for. */
const OVERSCAN = 12;
const AHEAD = 40;

/** A list of any length, of which only the rows in the window exist. Its keys come from `useListKeys`. */
export function DataTable<Item extends { id: number }>(props: Props<Item>) {
  const { label, columns, rows, list, foot, onOpen, openId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const virtual = useRows(props, scroller);
  useCursorInView(list, { virtual, grid });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  // The table is given the rows of the window alone: its models cost as much as its rows are many.
  const data = useMemo(() => rows.slice(first, last + 1), [rows, first, last]);
  const table = useTable({ features, columns, data, getRowId: ({ id }) => String(id) });
  const shown = table.getRowModel().rows;

  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-y-auto">
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={list.selects}
        aria-activedescendant={list.cursorId === null ? undefined : `row-${list.cursorId}`}
        tabIndex={0}
        onFocus={({ target, currentTarget }) => {
          if (target === currentTarget && list.cursor < 0) list.setCursorId(rows[0]?.id ?? null);
        }}
        style={gridTracks(columns, list.selects)}
        className="group/grid outline-none"
      >
        <DataHeader table={table} rows={rows} list={list} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ key, index, start, size }) => {
            const row = shown[index - first];
            if (!row) return null;
            const place = { index, height: size, top: start - HEADER_HEIGHT };
            return (
              <DataRow
                key={key}
                row={row}
                place={place}
                list={list}
                isOpen={row.original.id === openId}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
      {foot}
    </div>
  );
}

type Rows = Pick<Props<{ id: number }>, 'rows' | 'onEnd'>;

function useRows({ rows, onEnd }: Rows, scroller: React.RefObject<HTMLDivElement | null>) {
  const height = useRowHeight();
  // A new one has the place of every row reckoned anew.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey,
    overscan: OVERSCAN,
    // The header sticks above the rows.
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is why it measures again
  useEffect(() => virtual.measure(), [virtual, height]);
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) onEnd();
  }, [last, rows.length, onEnd]);
  return virtual;
}

type Parts = { virtual: ReturnType<typeof useRows>; grid: React.RefObject<HTMLDivElement | null> };

/** When the cursor has moved, its row is in the window and the focus in the grid, so that it is read aloud. */
function useCursorInView({ cursor, cursorId }: ListKeys, { virtual, grid }: Parts): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come in above it are no reason to jump there
  useEffect(() => {
    if (cursor < 0) return;
    virtual.scrollToIndex(cursor);
    if (!grid.current?.contains(document.activeElement)) grid.current?.focus({ preventScroll: true });
  }, [cursorId]);
}
