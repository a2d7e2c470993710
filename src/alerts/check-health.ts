import { asc, eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';

/** Seconds that the oldest event owing an alert has waited; 0 when none does. One row read. */
export async function checkHealth({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'public');
  const [oldest] = await ctx.db
    .select({ timestamp: events.timestamp })
    .from(events)
    .where(eq(events.alertState, sql`'pending'`))
    .orderBy(asc(events.id))
    .limit(1);
  if (!oldest) return 0;
  return Math.max(0, Math.round((ctx.clock().getTime() - oldest.timestamp.getTime()) / 1000));
}
