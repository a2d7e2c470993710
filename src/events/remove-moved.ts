import { and, between, not, type SQL, sql } from 'drizzle-orm';
import { alerts } from '../alerts/table.ts';
import type { Db } from '../db/client.ts';
import { events } from './table.ts';

/** Whether an alert shows the event, which therefore stays. */
export const isShown: SQL = sql`EXISTS (
  SELECT 1 FROM ${alerts} WHERE ${alerts.id} = ${events.alertId} AND ${alerts.eventId} = ${events.id})`;

/**
 * The statement that deletes events which are in the cold store, but those that an alert shows. It stands behind the
 * audit row of the move in the same batch and deletes nothing when that was not written. Reports go on counting them.
 * Unexecuted.
 */
export function removeMoved(db: Db, { firstId, lastId }: { firstId: number; lastId: number }) {
  return db.delete(events).where(and(sql`changes() > 0`, between(events.id, firstId, lastId), not(isShown)));
}
