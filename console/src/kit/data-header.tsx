import type { ReactTable } from '@tanstack/react-table';
import { Checkbox } from '../ui/checkbox.tsx';
import { classes } from '../ui/classes.ts';
import type { features } from './column.ts';
import { GRID, SHOWN_FROM } from './grid-tracks.ts';
import type { ListKeys } from './use-list-keys.ts';

type Props<Item extends { id: number }> = { table: ReactTable<typeof features, Item>; rows: Item[]; list: ListKeys };

/** The names of the columns, which stay in sight, and where rows can be selected, a box for all of them. */
export function DataHeader<Item extends { id: number }>({ table, rows, list }: Props<Item>) {
  const count = list.selection.ids.size;
  const isAll = count > 0 && count === rows.length;
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        className={classes(GRID, 'h-8 border-b border-line bg-surface text-xs text-muted')}
      >
        {list.selects && (
          <div role="columnheader">
            <Checkbox
              aria-label="Select all loaded"
              className="block"
              checked={isAll}
              indeterminate={count > 0 && !isAll}
              onChange={isAll ? list.clear : list.selectLoaded}
            />
          </div>
        )}
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const { from } = header.column.columnDef.meta ?? {};
          return (
            <div key={header.id} role="columnheader" className={classes('truncate', from && SHOWN_FROM[from])}>
              <table.FlexRender header={header} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
