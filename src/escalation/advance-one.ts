import { and, eq, type SQL, sql } from 'drizzle-orm';
import { missTarget } from '../alerts/miss-target.ts';
import { alerts } from '../alerts/table.ts';
import type { Context } from '../core/context.ts';
import { enqueueDeliveries, insertDeliveries } from '../notifications/insert-deliveries.ts';
import { nextAction, type Standing, standingAfter } from './next-action.ts';
import { notificationOf } from './notification-of.ts';
import { type Escalating, standingOf } from './read-escalations.ts';
import type { Started } from './start-escalations.ts';
import { escalations } from './table.ts';

/**
 * Does the next thing about an escalation if it is time for it, in one batch, and answers when there is more to do. Who
 * comes second finds that it is not as it was read, and does nothing.
 */
export async function advanceOne(ctx: Context, escalating: Escalating): Promise<Started[]> {
  const now = ctx.clock();
  const standing = standingOf(escalating);
  const next = nextAction(standing);
  // Woken for nothing, or the policy was changed: only the time is put right.
  if (!next || next.at > now.getTime()) return proceed(ctx, { escalating, to: standing });
  const { action } = next;
  const notification = notificationOf(ctx, { escalating, action });
  const where = and(isAsRead(escalating), notification.where);
  const [notified, advanced] = await ctx.db.batch([
    insertDeliveries(ctx, { ...notification, where }),
    proceed(ctx, { escalating, to: standingAfter(standing, { action, now }) }),
    ...(action.type === 'miss' ? missTarget(ctx, { id: escalating.alert.id, target: action.target }) : []),
  ]);
  enqueueDeliveries(ctx, notified);
  return advanced;
}

/** The statement that writes down how far it came and when there is more to do. Unexecuted. */
function proceed({ db }: Context, { escalating, to }: { escalating: Escalating; to: Standing }) {
  const { startedAt, step, round, announced } = to.progress;
  const next = nextAction(to);
  const { alertId, dueAt } = escalations;
  return db
    .update(escalations)
    .set({ startedAt, step, round, announced, dueAt: next ? new Date(next.at) : null })
    .where(and(eq(alertId, escalating.alert.id), isAsRead(escalating)))
    .returning({ alertId, dueAt });
}

/** SQL for whether nobody advanced it, and nobody changed the status of its alert, since it was read. */
function isAsRead({ escalation, alert }: Escalating): SQL {
  const { alertId, startedAt, step, round, announced, dueAt } = escalations;
  const asRead = and(
    eq(alertId, escalation.alertId),
    eq(startedAt, escalation.startedAt),
    eq(step, escalation.step),
    eq(round, escalation.round),
    eq(announced, escalation.announced),
    sql`${dueAt} IS ${escalation.dueAt?.getTime() ?? null}`,
    eq(alerts.id, alertId),
    eq(alerts.status, alert.status),
  );
  return sql`EXISTS (SELECT 1 FROM ${escalations} CROSS JOIN ${alerts} WHERE ${asRead})`;
}
