import { and, lte } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { authorize } from '../identity/permissions.ts';
import { advanceOne } from './advance-one.ts';
import { readEscalations } from './read-escalations.ts';
import { enqueueEscalations, type Started } from './start-escalations.ts';
import { escalations } from './table.ts';

// D1 takes 1,000 statements from one run; the costliest action has seven.
const MAX_ACTIONS = 100;

/**
 * Does the next thing about each of these escalations that is due: tells the next step's channels, announces a changed
 * status, or marks a missed target. Each is one batch on the condition of what was read, so that queue and cron may do it
 * at once, twice or after a crash: nothing is lost or repeated. What is still due then, or beyond a run, is sent again.
 */
export async function advanceEscalations({ ctx, input }: Call<{ alertIds: number[] }>): Promise<void> {
  authorize(ctx.actor, 'escalation.advance');
  const now = ctx.clock();
  const isDue = and(inList(escalations.alertId, input.alertIds), lte(escalations.dueAt, now));
  const due = await readEscalations(ctx, { where: isDue, limit: MAX_ACTIONS });
  const advanced: Started[] = [];
  for (const escalating of due) advanced.push(...(await advanceOne(ctx, escalating)));
  enqueueEscalations(ctx, advanced);
  if (due.length < MAX_ACTIONS) return;
  const seen = new Set(due.map(({ escalation }) => escalation.alertId));
  const others = [...new Set(input.alertIds)].filter((id) => !seen.has(id));
  enqueueEscalations(
    ctx,
    others.map((alertId) => ({ alertId, dueAt: now })),
  );
}
