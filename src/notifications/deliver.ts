import { and, asc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { authorize } from '../identity/permissions.ts';
import { deliverLanes } from './deliver-lanes.ts';
import { isDue } from './due-deliveries.ts';
import { deliveries } from './table.ts';

/**
 * Sends these deliveries to their receivers, each if it is due and nobody is at it, and writes down every attempt. What
 * was delivered is never sent again; only a process that dies between the answer and the record lets it be sent twice,
 * with the same id. See docs/decisions/0025-deliveries-are-an-outbox.md.
 */
export async function deliver({ ctx, input }: Call<{ deliveryIds: number[] }>): Promise<void> {
  authorize(ctx.actor, 'delivery.send');
  const due = await ctx.db
    .select({ id: deliveries.id, channelId: deliveries.channelId })
    .from(deliveries)
    .where(and(inList(deliveries.id, input.deliveryIds), isDue(ctx.clock())))
    .orderBy(asc(deliveries.id));
  await deliverLanes(ctx, due);
}
