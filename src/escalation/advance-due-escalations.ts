import { asc, lte } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { advanceEscalations } from './advance-escalations.ts';
import { escalations } from './table.ts';

/** As many as one message names: what a run does not come to is sent. */
const WINDOW = 1_000;

/** Advances what is due, the longest due first, whatever became of its message. Reads nothing while nothing is due. */
export async function advanceDueEscalations({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'escalation.advance');
  const { alertId, dueAt } = escalations;
  const due = await ctx.db
    .select({ alertId })
    .from(escalations)
    .where(lte(dueAt, ctx.clock()))
    .orderBy(asc(dueAt), asc(alertId))
    .limit(WINDOW);
  if (due.length > 0) await advanceEscalations({ ctx, input: { alertIds: due.map((row) => row.alertId) } });
}
