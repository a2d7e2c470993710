import { and, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type Counted, ROLLUPS, type Rollup } from './rollup.ts';
import { watermarks } from './table.ts';

/** Ids that one fold takes, and that a report reads beyond what is folded. */
export const TAIL = 10_000;

/** SQL for the id up to which a table is folded; 0 before its first fold. */
export function foldedTo(counted: Counted): SQL {
  return sql`coalesce((SELECT ${watermarks.lastId} FROM ${watermarks} WHERE ${watermarks.counted} = ${counted}), 0)`;
}

/** SQL for the highest id of a table. */
export function newestId(counted: Counted): SQL {
  const { source } = ROLLUPS[counted];
  return sql`coalesce((SELECT max(${source.id}) FROM ${source}), 0)`;
}

/** Whether a row is among the first that are not folded yet. */
export function inTail({ counted, source }: Rollup): SQL | undefined {
  const start = foldedTo(counted);
  return and(gt(source.id, start), lte(source.id, sql`${start} + ${TAIL}`));
}

/**
 * The statement to stand after the delete of events or alerts in the same batch. SQLite gives the id of the newest row
 * again when that row is gone; what gets it then must not pass for folded. Unexecuted.
 */
export function lowerWatermark(db: Db, counted: Counted) {
  const newest = newestId(counted);
  const isAbove = and(eq(watermarks.counted, counted), gt(watermarks.lastId, newest));
  return db.update(watermarks).set({ lastId: newest }).where(isAbove);
}
