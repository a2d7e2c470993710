import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { ROLLUPS, type Rollup } from './rollup.ts';
import { foldedTo, TAIL } from './watermark.ts';

/** Until when everything is in a report; all of it, unless more than a tail of rows waits to be folded. */
export type Reach = { asOf: Date; complete: boolean };

/** The statement that finds the first row of each table that a report does not count. Unexecuted. */
export function selectUncounted(db: Db) {
  const first = ({ counted, source, time }: Rollup): SQL.Aliased<number | null> =>
    sql<number | null>`(SELECT ${time} FROM ${source} WHERE ${source.id} > ${foldedTo(counted)} + ${TAIL}
      ORDER BY ${source.id} LIMIT 1)`.as(counted);
  return db
    .select({
      events: first(ROLLUPS.events),
      alerts: first(ROLLUPS.alerts),
      incidents: first(ROLLUPS.incidents),
    })
    .from(sql`(SELECT 1)`);
}

/** What that statement found, seen at a time. */
export function reachOf(found: Record<string, number | null> | undefined, now: Date): Reach {
  const uncounted = Object.values(found ?? {}).filter((time) => time !== null);
  return { asOf: new Date(Math.min(now.getTime(), ...uncounted)), complete: uncounted.length === 0 };
}
