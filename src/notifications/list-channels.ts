import { asc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { Channel } from './delivery-lease.ts';
import { channels } from './table.ts';

/** All channels, those that are off included, by name. */
export async function listChannels({ ctx }: Pick<Call<never>, 'ctx'>): Promise<Channel[]> {
  authorize(ctx.actor, 'channel.manage');
  return ctx.db.select().from(channels).orderBy(asc(channels.name));
}
