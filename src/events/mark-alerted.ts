import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { events } from './table.ts';

/** Whether the event of this id, which is SQL, still owes an alert. */
export function owesAlert(id: SQL) {
  return and(eq(events.id, id), eq(events.alertState, 'pending'));
}

/** The statement that marks events whose alerts, `raised (event_id, alert_id, key)`, exist. Unexecuted. */
export function markAlerted(db: Db, raised: SQL) {
  return db
    .update(events)
    .set({ alertState: 'done', alertId: sql`raised.alert_id`, dedupKey: sql`raised.key` })
    .from(raised)
    .where(eq(events.id, sql`raised.event_id`));
}

/** The statement that marks events which raise no alert because of silences: `silenced (event_id, silence_id)`. Unexecuted. */
export function markSuppressed(db: Db, silenced: SQL) {
  return db
    .update(events)
    .set({ alertState: 'suppressed', silenceId: sql`silenced.silence_id` })
    .from(silenced)
    .where(eq(events.id, sql`silenced.event_id`));
}

/**
 * The statement by which events forget their alert, which is being deleted: the one that raised it and those that joined
 * it. They do not owe another. Unexecuted.
 */
export function forgetAlert(db: Db, { id, eventId }: { id: SQL; eventId: SQL }) {
  const joined = and(eq(events.alertId, id), isNotNull(events.alertId), isNotNull(events.dedupKey));
  return db
    .update(events)
    .set({ alertId: null })
    .where(or(eq(events.id, eventId), joined));
}
