import { FlexRender, type Row } from '@tanstack/react-table';
import { memo, type ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import type { features } from './column.ts';
import { SHOWN_FROM } from './grid-tracks.ts';

type Props<Item extends object> = { row: Row<typeof features, Item> };

function Cells<Item extends object>({ row }: Props<Item>) {
  return row.getAllCells().map((cell) => {
    const { from } = cell.column.columnDef.meta ?? {};
    return (
      <div key={cell.id} role="gridcell" className={classes('min-w-0 truncate', from && SHOWN_FROM[from])}>
        <FlexRender cell={cell} />
      </div>
    );
  });
}

const isSame = (before: Props<object>, after: Props<object>) => before.row.original === after.row.original;

/**
 * The cells of a row. While the list scrolls the table makes its rows anew for each frame; what they show is rendered
 * again only when the item is another.
 */
export const DataCells = memo(Cells, isSame) as <Item extends object>(props: Props<Item>) => ReactNode;
