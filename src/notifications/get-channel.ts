import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Channel } from './delivery-lease.ts';
import { channels } from './table.ts';

/** One channel by id. */
export async function getChannel({ ctx, input }: Call<{ id: number }>): Promise<Channel> {
  authorize(ctx.actor, 'channel.manage');
  const [channel] = await ctx.db.select().from(channels).where(eq(channels.id, input.id));
  if (!channel) throw new NotFoundError('channel');
  return channel;
}
