import { and, eq, gt, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { isDue } from './due-deliveries.ts';
import { giveUp } from './end-deliveries.ts';
import { channels, deliveries } from './table.ts';

/** Who took a delivery longer ago is dead: `deliver-lane.ts` bounds what is done under a lease. */
const LEASE_MS = 60_000;

export type Channel = typeof channels.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;

/** Due deliveries of one channel. */
export type Lane = { channelId: number; ids: number[] };

/**
 * Takes the deliveries of a lane for a minute: of two who try at once, one gets each. Those whose day is over end here,
 * and so do those of a channel that is disabled or gone.
 */
export async function takeDeliveries(ctx: Context, { channelId, ids }: Lane) {
  const now = ctx.clock();
  const { db } = ctx;
  const among = and(inList(deliveries.id, ids), isDue(now));
  const receives = sql`EXISTS (SELECT 1 FROM ${channels} WHERE ${channels.id} = ${channelId} AND ${channels.enabled} = 1)`;
  const [taken, , [channel]] = await db.batch([
    db
      .update(deliveries)
      .set({ leasedUntil: new Date(now.getTime() + LEASE_MS) })
      .where(and(among, gt(deliveries.expiresAt, now), receives))
      .returning(),
    // What is still due cannot be sent.
    giveUp(ctx, among),
    db.select().from(channels).where(eq(channels.id, channelId)),
  ]);
  return { channel, taken: taken.sort((a, b) => a.id - b.id) };
}

/** Gives back what was taken and not tried. */
export async function releaseDeliveries({ db }: Context, taken: Delivery[]): Promise<void> {
  const [first] = taken;
  if (!first?.leasedUntil) return;
  const ids = taken.map(({ id }) => id);
  const isOurs = and(inList(deliveries.id, ids), eq(deliveries.leasedUntil, first.leasedUntil));
  await db.update(deliveries).set({ leasedUntil: null }).where(isOurs);
}
