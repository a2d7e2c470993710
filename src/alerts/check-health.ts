import { asc, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { unsettledEvents } from './sweep-pending.ts';

/** Seconds that the oldest event owing an alert has waited; 0 when none does. Reads what came since the last sweep. */
export async function checkHealth({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'public');
  const unsettled = unsettledEvents(ctx.db).as('unsettled');
  const [oldest] = await ctx.db
    .select({ timestamp: unsettled.timestamp })
    .from(unsettled)
    .where(eq(unsettled.alertState, 'pending'))
    .orderBy(asc(unsettled.id))
    .limit(1);
  if (!oldest) return 0;
  return Math.max(0, Math.round((ctx.clock().getTime() - oldest.timestamp.getTime()) / 1000));
}
