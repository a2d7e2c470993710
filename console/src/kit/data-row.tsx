import type { Row } from '@tanstack/react-table';
import type { MouseEvent } from 'react';
import { Checkbox } from '../ui/checkbox.tsx';
import { classes } from '../ui/classes.ts';
import type { features } from './column.ts';
import { DataCells } from './data-cells.tsx';
import { GRID } from './grid-tracks.ts';
import type { ListKeys } from './use-list-keys.ts';

type Props<Item extends { id: number }> = {
  row: Row<typeof features, Item>;
  place: { index: number; top: number; height: number };
  list: ListKeys;
  isOpen: boolean;
  onOpen: (id: number) => void;
};

/** One row of a `DataTable`, at its place. A click opens it; with Shift it selects up to here. */
export function DataRow<Item extends { id: number }>({ row, place, list, isOpen, onOpen }: Props<Item>) {
  const { id } = row.original;
  const isCursor = list.cursorId === id;
  const isSelected = list.selection.ids.has(id);

  function click(event: MouseEvent) {
    // Links, boxes and menus inside the row do their own thing.
    if (event.target instanceof Element && event.target.closest('a, button, input, [role="menu"]')) return;
    if (event.shiftKey && list.selects) list.extendTo(id, list.cursorId);
    else onOpen(id);
    list.setCursorId(id);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list do the same
    <div
      id={`row-${id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={place.index + 2}
      aria-selected={list.selects ? isSelected : isOpen}
      onClick={click}
      style={{ height: place.height, transform: `translateY(${place.top}px)` }}
      className={classes(
        GRID,
        'absolute inset-x-0 top-0 border-b border-line contain-strict hover:bg-hover',
        (isSelected || isOpen) && 'bg-chosen',
        isCursor &&
          'shadow-[inset_3px_0_0_var(--accent)] group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent',
      )}
    >
      {list.selects && (
        <div role="gridcell">
          <Checkbox
            tabIndex={-1}
            aria-label={`Select ${id}`}
            className="block"
            checked={isSelected}
            onChange={({ nativeEvent }) => {
              if ('shiftKey' in nativeEvent && nativeEvent.shiftKey) list.extendTo(id);
              else list.toggle(id);
              list.setCursorId(id);
            }}
          />
        </div>
      )}
      <DataCells row={row} />
    </div>
  );
}
