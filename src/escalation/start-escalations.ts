import { type SQL, sql } from 'drizzle-orm';
import { HOUR_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { selectInto } from '../db/select-into.ts';
import { escalations } from './table.ts';

/** An escalation, and when there is something to do. */
export type Started = Pick<typeof escalations.$inferSelect, 'alertId' | 'dueAt'>;

// As long as a queue holds a message; what is due later is the cron's.
const MAX_DELAY_MS = 12 * HOUR_MS;

// As many as one message names.
const MESSAGE_IDS = 1_000;

/** The statement that starts an escalation for each of `raised (alert_id, policy_id, due_at)` that has none. Unexecuted. */
export function startEscalations(ctx: Context, raised: SQL) {
  const values = {
    alertId: sql`raised.alert_id`,
    policyId: sql`raised.policy_id`,
    startedAt: ctx.clock().getTime(),
    step: 0,
    round: 0,
    announced: 'open',
    dueAt: sql`raised.due_at`,
  };
  return ctx.db
    .insert(escalations)
    .select(selectInto(escalations, { values, from: sql`FROM ${raised} WHERE true` }))
    .onConflictDoNothing()
    .returning({ alertId: escalations.alertId, dueAt: escalations.dueAt });
}

/** Sends for those that have something to do, those of one time together. A cron finds what this loses or leaves. */
export function enqueueEscalations({ clock, enqueue }: Context, rows: readonly Started[]): void {
  const now = clock().getTime();
  for (const [due, some] of Map.groupBy(rows, ({ dueAt }) => dueAt?.getTime() ?? null)) {
    if (due === null || due - now > MAX_DELAY_MS) continue;
    const delay = { delaySeconds: Math.max(0, (due - now) / 1000) };
    for (let at = 0; at < some.length; at += MESSAGE_IDS) {
      const ids = some.slice(at, at + MESSAGE_IDS).map(({ alertId }) => alertId);
      enqueue({ type: 'escalate', alert_ids: ids }, delay);
    }
  }
}
