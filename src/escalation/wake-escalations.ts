import { and, eq, inArray, ne, notExists, type SQL, type SQLWrapper } from 'drizzle-orm';
import { alerts } from '../alerts/table.ts';
import type { Context } from '../core/context.ts';
import type { Db } from '../db/client.ts';
import { escalations } from './table.ts';

/**
 * The statement that makes the escalations of these alerts due, as far as their status is another than was announced. It
 * stands behind every change of a status, in its batch. Unexecuted.
 */
export function wakeEscalations({ db, clock }: Context, among: SQL | undefined) {
  const { alertId, dueAt, announced } = escalations;
  const ofAlert = db.select({ status: alerts.status }).from(alerts).where(eq(alerts.id, alertId));
  const ids = db.select({ id: alerts.id }).from(alerts).where(among);
  return db
    .update(escalations)
    .set({ dueAt: clock() })
    .where(and(inArray(alertId, ids), ne(announced, ofAlert)))
    .returning({ alertId, dueAt });
}

/** The statement that drops the escalation of an alert that is gone, to stand behind its delete. Unexecuted. */
export function dropEscalation(db: Db, id: number | SQLWrapper) {
  const alert = db.select({ id: alerts.id }).from(alerts).where(eq(alerts.id, escalations.alertId));
  return db.delete(escalations).where(and(eq(escalations.alertId, id), notExists(alert)));
}
