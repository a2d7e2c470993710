import { and, asc, desc, gt, gte, lt, type SQL, sql } from 'drizzle-orm';
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

/** Turns what a list was asked for into a range of the primary key. One query when a time is given, none otherwise. */
export async function scanOf(
  db: Db,
  { table, time, query }: { table: Table; time: SQLiteColumn; query: ListQuery },
): Promise<Scan> {
  const { cursor, id, from, to, sort_order: direction } = query;
  const descending = direction === 'desc';
  const range = from || to ? await idRange(db, { table, time, from, to }) : {};
  const bounds = and(
    cursor ? (descending ? lt(table.id, cursor) : gt(table.id, cursor)) : undefined,
    id && inList(table.id, id),
    typeof range.first === 'number' ? gte(table.id, range.first) : undefined,
    typeof range.end === 'number' ? lt(table.id, range.end) : undefined,
  );
  return { bounds, order: descending ? desc(table.id) : asc(table.id) };
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
