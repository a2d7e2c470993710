import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { events } from './table.ts';

/** Which of these events still owe an alert. `ids` is SQL for a list of ids. */
export function owesAlert(ids: SQL) {
  return and(inArray(events.id, ids), eq(events.alertState, 'pending'));
}

/** The statement that marks events whose alerts, `raised (id, event_id)`, exist. Unexecuted. */
export function markAlerted(db: Db, { ids, raised }: { ids: SQL; raised: SQL }) {
  return db
    .update(events)
    .set({ alertState: 'done', alertId: sql`raised.id` })
    .from(raised)
    .where(and(owesAlert(ids), eq(events.id, sql`raised.event_id`)));
}

/** The statement by which an event forgets its alert, which is being deleted. It does not owe another. Unexecuted. */
export function forgetAlert(db: Db, eventId: SQL) {
  return db.update(events).set({ alertId: null }).where(eq(events.id, eventId));
}
