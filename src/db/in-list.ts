import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** `column IN (…)` with one parameter whatever the length: D1 binds at most 100 to a statement. */
export function inList(column: SQLWrapper, values: readonly (string | number)[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify([...new Set(values)])}))`;
}

/** The same for what is none of these, which nothing is. */
export function notInList(column: SQLWrapper, values: readonly (string | number)[]): SQL {
  return sql`(${inList(column, values)}) IS NOT TRUE`;
}

type Said<Value> = { wanted: readonly Value[] | undefined; excluded: readonly Value[] | undefined };

/** What a filter leaves of all values, for an index to follow; undefined when it says nothing. */
export function leftOf<Value>(all: readonly Value[], { wanted, excluded }: Said<Value>): Value[] | undefined {
  if (!wanted && !excluded) return undefined;
  return (wanted ?? all).filter((value) => !excluded?.includes(value));
}
