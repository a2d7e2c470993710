import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * The SELECT of an `insert(table).select(…)` that names its columns: Drizzle takes every column in the table's
 * order but the generated ones, so those that are not named become NULL. Values are SQL, or parameters as the column stores them.
 */
export function selectInto<T extends SQLiteTable>(
  table: T,
  { values, from }: { values: { [Column in keyof T['$inferInsert']]?: SQL | string | number | null }; from: SQL },
): SQL {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
  const list = columns.map(([name]) => sql`${Reflect.get(values, name) ?? null}`);
  return sql`SELECT ${sql.join(list, sql`, `)} ${from}`;
}
