import { asc, desc, gt, lt, max, min, type SQL, sql } from 'drizzle-orm';
import { auditRows, isOfIncident } from '../audit/table.ts';
import type { Db } from '../db/client.ts';

/** What the timeline tells of an audit row: neither where it came from nor in which request. JSON is as stored. */
export type TimelineRow = {
  id: number;
  timestamp: number;
  actor: string;
  action: string;
  target: string;
  before: string | null;
  after: string | null;
};

type Slice = { incidentId: number; cursor: number | undefined; sort_order: 'asc' | 'desc'; limit: number };

/** Notes, alerts and files of one incident that its timeline can tell of; far more than people look at. */
const MAX_PARTS = 10_000;

const { id, timestamp, actor, action, target, before, after } = auditRows;

/**
 * The audit rows of an incident and its parts behind the cursor, in id order.
 *
 * The index has the rows of each target in id order, so the targets are merged: `entry` is a queue that begins with the
 * next row of each, and for every row it hands out takes in the one that follows of the same target. The rows read
 * grow with the parts and with the page, not with the log nor with how often a file was downloaded. The condition of the
 * index stands behind the narrower bounds, since of two bounds SQLite seeks by the first.
 */
export function readTimelineRows(db: Db, { incidentId, cursor, sort_order, limit }: Slice): Promise<TimelineRow[]> {
  const ascending = sort_order === 'asc';
  const start = cursor ?? (ascending ? 0 : Number.MAX_SAFE_INTEGER);
  const nextOf = (of: SQL, behind: SQL) => sql`(
    SELECT ${ascending ? min(id) : max(id)} FROM ${auditRows}
    WHERE ${target} = ${of} AND ${ascending ? gt(id, behind) : lt(id, behind)} AND ${isOfIncident})`;
  return db.all<TimelineRow>(sql`
    WITH RECURSIVE
      part (target) AS (${partsOf(incidentId)}),
      entry (target, id) AS (
        SELECT part.target, ${id} FROM part CROSS JOIN ${auditRows} WHERE ${id} = ${nextOf(sql`part.target`, sql`${start}`)}
        UNION ALL
        SELECT entry.target, ${id} FROM entry CROSS JOIN ${auditRows} WHERE ${id} = ${nextOf(sql`entry.target`, sql`entry.id`)}
        ORDER BY ${ascending ? asc(sql`2`) : desc(sql`2`)} LIMIT ${limit}
      )
    SELECT ${id}, ${timestamp}, ${actor}, ${action}, ${target}, ${before}, ${after}
    FROM entry CROSS JOIN ${auditRows} WHERE ${id} = entry.id ORDER BY ${ascending ? asc(id) : desc(id)}`);
}

/** `incident:17`, and each `incident:17/…` by one seek: `0` is the character behind `/`. */
function partsOf(incidentId: number): SQL {
  const incident = `incident:${incidentId}`;
  return sql`
    SELECT ${incident}
    UNION ALL
    SELECT (
      SELECT min(${target}) FROM ${auditRows}
      WHERE ${target} > max(part.target, ${`${incident}/`}) AND ${target} < ${`${incident}0`} AND ${isOfIncident}
    ) FROM part WHERE part.target IS NOT NULL
    LIMIT ${MAX_PARTS}`;
}
