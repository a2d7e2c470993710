import { inArray, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { alerts } from './table.ts';

/** The statement by which alerts forget incidents that are going away. `ids` is SQL for the incidents. Unexecuted. */
export function forgetIncidents(db: Db, ids: SQLWrapper) {
  return db
    .update(alerts)
    .set({ incidentId: null, version: sql`${alerts.version} + 1` })
    .where(inArray(alerts.incidentId, ids));
}
