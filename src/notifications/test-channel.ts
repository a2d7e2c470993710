import { and, eq, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Delivery } from './delivery-lease.ts';
import { getChannel } from './get-channel.ts';
import { enqueueDeliveries, insertDeliveries } from './insert-deliveries.ts';
import { samplePayload } from './sample-payload.ts';
import { deliveries } from './table.ts';

/** Sends a channel a test by the way that everything goes. Returns the delivery, which tells what becomes of it. */
export async function testChannel({ ctx, input }: Call<{ id: number }>): Promise<Delivery> {
  authorize(ctx.actor, 'channel.manage');
  const { id } = input;
  const { name } = await getChannel({ ctx, input });
  const key = `channel:${id}/test:${crypto.randomUUID()}`;
  const description = `This is a test of the channel "${name}". No alert was raised.`;
  const payload = samplePayload(ctx, { kind: 'test', description });
  const [inserted, , [delivery]] = await ctx.db.batch([
    insertDeliveries(ctx, { kind: 'test', subject: `channel:${id}`, key, payload, channelIds: [id] }),
    auditInsert(ctx, {
      action: 'channel.test',
      target: `channel:${id}`,
      after: sql`json_object('delivery', last_insert_rowid())`,
    }),
    ctx.db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.channelId, id), eq(deliveries.key, key))),
  ]);
  if (!delivery) throw new ConflictError('The channel is disabled. Enable it first.');
  enqueueDeliveries(ctx, inserted);
  return delivery;
}
