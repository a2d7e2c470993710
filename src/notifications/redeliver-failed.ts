import { and, eq, gte, lte, not, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Replay } from './delivery-contract.ts';
import { enqueueDeliveries } from './insert-deliveries.ts';
import { again, insertRedeliveries, wasSentAgain } from './insert-redeliveries.ts';
import { channels } from './table.ts';

const MAX_REDELIVERED = 1_000;

/** Sends the dead letters of a channel once more that were not since, oldest first, at most so many. */
export async function redeliverFailed({
  ctx,
  input,
}: Call<Replay>): Promise<{ redelivered: number; complete: boolean }> {
  authorize(ctx.actor, 'channel.manage');
  const { channel: channelId, from, to } = input;
  const where = and(
    // The index on dead letters is used only when its condition stands there word by word.
    sql`status = 'failed'`,
    eq(again.channelId, channelId),
    from && gte(again.finishedAt, from),
    to && lte(again.finishedAt, to),
    not(wasSentAgain),
  );
  const [created, , [channel]] = await ctx.db.batch([
    insertRedeliveries(ctx, { where, limit: MAX_REDELIVERED }),
    auditInsert(ctx, {
      action: 'delivery.replay',
      target: `channel:${channelId}`,
      after: sql`json_object('redelivered', changes())`,
    }),
    ctx.db.select({ enabled: channels.enabled }).from(channels).where(eq(channels.id, channelId)),
  ]);
  if (!channel) throw new NotFoundError('channel');
  if (!channel.enabled) throw new ConflictError('The channel is disabled. Enable it first.');
  enqueueDeliveries(ctx, created);
  return { redelivered: created.length, complete: created.length < MAX_REDELIVERED };
}
