import { type ColumnDef, createColumnHelper, metaHelper, tableFeatures } from '@tanstack/react-table';

/** How wide a column is, as a track of a CSS grid, and how wide the table must be to have room for it. */
type ColumnLayout = { track: string; from?: 'medium' | 'wide' };

/** The server sorts and filters, so the table needs no feature of its own. */
export const features = tableFeatures({ columnMeta: metaHelper<ColumnLayout>() });

/** A column of a `DataTable`; its layout is its `meta`. Values differ in type, cell by cell. */
// biome-ignore lint/suspicious/noExplicitAny: the table's own type of a column whose value is of any type
export type Column<Item extends object> = ColumnDef<typeof features, Item, any>;

export function columnHelper<Item extends object>() {
  return createColumnHelper<typeof features, Item>();
}
