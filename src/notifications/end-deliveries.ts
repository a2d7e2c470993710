import { and, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { isFree } from './due-deliveries.ts';
import { deliveries } from './table.ts';

type Ending = {
  channelId: number;
  /** The lease of the caller, whose deliveries end, too. */
  leasedUntil?: Date | null;
  /** What else must hold, such as `changes() > 0`. */
  where?: SQL | undefined;
};

/**
 * Gives up the pending deliveries of a channel that will take no more: they are dead letters then. Those that somebody
 * else is at end when their turn comes again. Reads what is pending of all channels. Unexecuted.
 */
export function endDeliveries(ctx: Context, { channelId, leasedUntil, where }: Ending) {
  const isOwn = leasedUntil ? sql`${deliveries.leasedUntil} = ${leasedUntil.getTime()}` : undefined;
  return giveUp(
    ctx,
    and(
      isNotNull(deliveries.nextAttemptAt),
      // The plus keeps SQLite from the index that has all that the channel was ever sent.
      sql`+${deliveries.channelId} = ${channelId}`,
      or(isFree(ctx.clock()), isOwn),
      where,
    ),
  );
}

/** Ends pending deliveries without another attempt. Unexecuted. */
export function giveUp({ db, clock }: Context, where: SQL | undefined) {
  return db
    .update(deliveries)
    .set({ status: 'failed', nextAttemptAt: null, leasedUntil: null, finishedAt: clock() })
    .where(where);
}
