import type { Context } from '../core/context.ts';
import { deliverLane } from './deliver-lane.ts';

/**
 * Channels that are sent to at once. A run of a Worker waits for six answers at most at a time
 * (developers.cloudflare.com/workers/platform/limits); one is left for looking up names.
 */
const LANES_AT_ONCE = 5;

/** Sends what is due, each channel on its own: one that is slow or down holds up no other. */
export async function deliverLanes(ctx: Context, due: { id: number; channelId: number }[]): Promise<void> {
  const lanes = [...Map.groupBy(due, ({ channelId }) => channelId)];
  const faults: unknown[] = [];
  const work = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      const [channelId, some] = lane;
      await deliverLane(ctx, { channelId, ids: some.map(({ id }) => id) }).catch((fault) => faults.push(fault));
    }
  };
  await Promise.all(Array.from({ length: LANES_AT_ONCE }, work));
  if (faults.length > 0) throw faults[0];
}
