import { asc, eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { log } from '../core/log.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { raiseAlerts } from './raise-alerts.ts';

const CHUNK = 1000;
// A run that finds more leaves it to the next minute's.
const MAX_CHUNKS = 20;

/**
 * Raises every alert that is still owed, oldest first: what a lost or failed send, a crash or a dead letter left
 * pending. The queue may be raising the same ones; whoever comes second changes nothing. Returns how many it raised.
 */
export async function sweepPending({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'alert.raise');
  let raised = 0;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const pending = await ctx.db
      .select({ id: events.id })
      .from(events)
      // The literal lets SQLite prove that the partial index applies; a bound parameter would not.
      .where(eq(events.alertState, sql`'pending'`))
      .orderBy(asc(events.id))
      .limit(CHUNK);
    if (pending.length === 0) break;
    raised += await raiseAlerts({ ctx, input: { eventIds: pending.map(({ id }) => id) } });
  }
  if (raised > 0) log.info('sweep raised alerts', { raised });
  return raised;
}
