import { asc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { deliverLanes } from './deliver-lanes.ts';
import { isDue } from './due-deliveries.ts';
import { deliveries } from './table.ts';

/** A run looks at so much of what is due: enough that one busy channel hides no other. */
const WINDOW = 10_000;

/**
 * Sends what is due and was not sent: retries, and what a lost message, a crash or a slow receiver left. Along the index
 * of what is pending, so nothing is read when nothing is due. Returns how many it found.
 */
export async function sweepDeliveries({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'delivery.send');
  const { id, channelId, nextAttemptAt } = deliveries;
  const due = await ctx.db
    .select({ id, channelId })
    .from(deliveries)
    .where(isDue(ctx.clock()))
    .orderBy(asc(nextAttemptAt), asc(id))
    .limit(WINDOW);
  await deliverLanes(ctx, due);
  return due.length;
}
