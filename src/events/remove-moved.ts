import { and, between, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { events } from './table.ts';

/**
 * The statement that deletes events which are in the cold store, but those that an alert shows. It stands behind the
 * audit row of the move in the same batch and deletes nothing when that was not written. Reports go on counting them.
 * Unexecuted.
 */
export function removeMoved(db: Db, { firstId, lastId }: { firstId: number; lastId: number }) {
  return db.delete(events).where(and(sql`changes() > 0`, between(events.id, firstId, lastId), isNull(events.alertId)));
}
