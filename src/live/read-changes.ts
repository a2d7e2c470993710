import { asc, gt, max, sql } from 'drizzle-orm';
import { auditRows } from '../audit/table.ts';
import type { Db } from '../db/client.ts';

/** Of one read. A row is a few hundred bytes, since only what may be told is taken from it. */
export const PAGE = 500;

/** What the stream knows of an audit row: never where it came from, nor what was written or deleted. */
export type LoggedChange = {
  id: number;
  timestamp: number;
  actor: string;
  action: string;
  target: string;
  /** The new values of the fields that are told, as JSON. */
  changes: string | null;
  /** Of alerts that were raised together: which, as JSON. */
  raise: string | null;
};

const { id, timestamp, actor, action, target, after } = auditRows;

const told = sql`(SELECT json_group_object(key, value) FROM json_each(${after})
  WHERE key IN ('status', 'severity', 'assignee'))`;

/** The statement that reads the page of audit rows behind a cursor, in their order. Unexecuted. */
export function selectChanges(db: Db, cursor: number) {
  return db
    .select({
      id,
      timestamp: sql<number>`${timestamp}`,
      actor,
      action,
      target,
      changes: sql<string | null>`iif(${action} = 'alert.raise', NULL, ${told})`,
      raise: sql<string | null>`iif(${action} = 'alert.raise', ${after}, NULL)`,
    })
    .from(auditRows)
    .where(gt(id, cursor))
    .orderBy(asc(id))
    .limit(PAGE);
}

/** The statement that reads the cursor of now. Unexecuted. */
export function selectNewest(db: Db) {
  return db.select({ cursor: max(id) }).from(auditRows);
}
