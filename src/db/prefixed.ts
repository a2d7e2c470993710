import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

type Columns<T extends SQLiteTable> = T['_']['columns'];

/**
 * All columns of a table under names of their own, for a join within `db.batch`: D1 answers a batch as objects, in
 * which two columns of one name become one and Drizzle reads the rest askew.
 */
export function prefixed<T extends SQLiteTable>(table: T, prefix: string) {
  const columns: [string, SQLiteColumn][] = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.map(([key, column]) => [key, sql`${column}`.mapWith(column).as(prefix + column.name)]),
  ) as { [Key in keyof Columns<T>]: SQL.Aliased<T['$inferSelect'][Key & keyof T['$inferSelect']]> };
}
