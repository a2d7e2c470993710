import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * The SELECT of an `insert(table).select(…)` that names its columns: Drizzle takes every column in the table's
 * order, so those that are not named become NULL. Values are SQL, or parameters as the column stores them.
 */
export function selectInto<T extends SQLiteTable>(
  table: T,
  { values, from }: { values: { [Column in keyof T['$inferInsert']]?: SQL | string | number | null }; from: SQL },
): SQL {
  const list = Object.keys(getTableColumns(table)).map((column) => sql`${Reflect.get(values, column) ?? null}`);
  return sql`SELECT ${sql.join(list, sql`, `)} ${from}`;
}
