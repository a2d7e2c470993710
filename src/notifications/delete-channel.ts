import { eq, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { endDeliveries } from './end-deliveries.ts';
import { channels } from './table.ts';

/** Deletes a channel. What is on its way to it fails; what it was told stays for as long as deliveries are kept. */
export async function deleteChannel({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'channel.manage');
  const { id } = input;
  const where = eq(channels.id, id);
  const audited = { table: channels, where, hidden: ['target'], action: 'channel.delete', target: `channel:${id}` };
  const [, deleted] = await ctx.db.batch([
    auditChange(ctx, audited),
    ctx.db.delete(channels).where(where).returning({ id: channels.id }),
    endDeliveries(ctx, { channelId: id, where: sql`changes() > 0` }),
  ]);
  if (deleted.length === 0) throw new NotFoundError('channel');
}
