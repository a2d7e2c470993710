import { and, asc, desc, gt, gte, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from './client.ts';
import { inList } from './in-list.ts';
import type { Paging } from './page.ts';

/** How far the clocks of two isolates may differ before a list by time could miss a row. */
const CLOCK_SKEW_MS = 60_000;

type Table = SQLiteTable & { id: SQLiteColumn };

/** The ids within which a list's rows lie: its own ids, behind its cursor, within its time range; and their order. */
export type Scan = { bounds: SQL | undefined; order: SQL };

type ListQuery = Paging & { id?: number[] | undefined; from?: Date | undefined; to?: Date | undefined };

type Ids = {
  table: Table;
  time: SQLiteColumn;
  query: ListQuery;
  /** What holds the ids along which the list is read, when it is not the table itself. */
  column?: SQLWrapper;
};

/** Turns what a list was asked for into a range of ids. One query when a time is given, none otherwise. */
export async function scanOf(db: Db, { table, time, query, column = table.id }: Ids): Promise<Scan> {
  const { cursor, id, from, to, sort_order: direction } = query;
  const descending = direction === 'desc';
  const range = from || to ? await idRange(db, { table, time, from, to }) : {};
  const bounds = and(
    cursor ? (descending ? lt(column, integer(cursor)) : gt(column, integer(cursor))) : undefined,
    id && inList(column, id),
    typeof range.first === 'number' ? gte(column, integer(range.first)) : undefined,
    typeof range.end === 'number' ? lt(column, integer(range.end)) : undefined,
  );
  return { bounds, order: descending ? desc(column) : asc(column) };
}

/** D1 binds every number as a float, and FTS5 takes no bounds from floats. */
function integer(value: number): SQL {
  return sql`CAST(${value} AS INTEGER)`;
}

type Range = { first?: number | null; end?: number | null };

async function idRange(
  db: Db,
  { table, time, from, to }: { table: Table; time: SQLiteColumn; from: Date | undefined; to: Date | undefined },
): Promise<Range> {
  const seek = (at: number | undefined) => (at === undefined ? sql`NULL` : firstIdSince({ table, time, at }));
  const [range] = await db.all<Range>(sql`
    SELECT ${seek(from && from.getTime() - CLOCK_SKEW_MS)} AS first, ${seek(to && to.getTime() + CLOCK_SKEW_MS)} AS end`);
  return range ?? {};
}

/**
 * SQL for the lowest id whose row is not older than `at`: a binary search along the primary key, about 3 × log2(rows)
 * rows read. It stands in for an index on time, which would cost a written row per event, and relies on ids growing
 * with time. See docs/decisions/0003-time-without-an-index.md.
 */
function firstIdSince({ table, time, at }: { table: Table; time: SQLiteColumn; at: number }): SQL {
  const middle = sql`(lo + hi) / 2`;
  const isOlder = sql`(SELECT ${time} FROM ${table} WHERE ${table.id} >= ${middle} ORDER BY ${table.id} LIMIT 1) < ${at}`;
  return sql`(
    WITH RECURSIVE seek (lo, hi) AS (
      SELECT (SELECT min(${table.id}) FROM ${table}), (SELECT max(${table.id}) + 1 FROM ${table})
      UNION ALL
      SELECT iif(${isOlder}, ${middle} + 1, lo), iif(${isOlder}, hi, ${middle}) FROM seek WHERE lo < hi
    )
    SELECT lo FROM seek WHERE lo >= hi
  )`;
}
