import type { Context } from '../core/context.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { type Lane, releaseDeliveries, takeDeliveries } from './delivery-lease.ts';

/** A lane starts no attempt after so long. One takes 25 seconds at most (an e-mail, by two ways): its lease outlasts it. */
const LANE_MS = 30_000;

/** Taken at once: what is left of them when the lane ends is given back. */
const CHUNK = 100;

/** A receiver that took so long is not tried again in this run. */
const SLOW_MS = 10_000;

/**
 * Sends the due deliveries of one channel, oldest first, one at a time. What it does not come to is left to the cron.
 */
export async function deliverLane(ctx: Context, { channelId, ids }: Lane): Promise<void> {
  const until = ctx.clock().getTime() + LANE_MS;
  let goesOn = true;
  for (let at = 0; goesOn && at < ids.length; at += CHUNK) {
    goesOn = await deliverChunk(ctx, { channelId, ids: ids.slice(at, at + CHUNK), until });
  }
}

/** False when the lane is to end. */
async function deliverChunk(ctx: Context, { until, ...lane }: Lane & { until: number }): Promise<boolean> {
  const { channel, taken } = await takeDeliveries(ctx, lane);
  let tried = 0;
  let goesOn = channel !== undefined;
  for (const delivery of taken) {
    if (!channel || !goesOn || ctx.clock().getTime() >= until) break;
    const { isGone, latencyMs } = await attemptDelivery(ctx, { channel, delivery });
    tried += 1;
    goesOn = !isGone && latencyMs < SLOW_MS;
  }
  await releaseDeliveries(ctx, taken.slice(tried));
  return goesOn && tried === taken.length;
}
