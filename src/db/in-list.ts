import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** `column IN (…)` with one parameter whatever the length: D1 binds at most 100 to a statement. */
export function inList(column: SQLWrapper, values: readonly (string | number)[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify([...new Set(values)])}))`;
}
