import { and, eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import { DAY_MS } from '../core/clock.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { storeTarget } from './channel-target.ts';
import type { Channel } from './delivery-lease.ts';
import { getChannel } from './get-channel.ts';
import { channels } from './table.ts';
import { newWebhookSecret } from './webhook-secret.ts';
import { webhookTarget } from './webhook-target.ts';

/** How long the secret until now signs beside the new one. */
const OVERLAP_MS = DAY_MS;

type Rotated = { channel: Channel; secret: string; previousUntil: Date };

/** Gives a webhook a new secret, which cannot be read again. One from a rotation before signs no more. */
export async function rotateChannelSecret({ ctx, input }: Call<{ id: number }>): Promise<Rotated> {
  authorize(ctx.actor, 'channel.manage');
  const { id } = input;
  const before = await getChannel({ ctx, input: { id } });
  const old = webhookTarget(ctx, before);
  const secret = newWebhookSecret();
  const now = ctx.clock();
  const until = now.getTime() + OVERLAP_MS;
  const { target } = storeTarget(ctx.settings, { ...old, secret, previous: { secret: old.secret, until } });
  const where = and(eq(channels.id, id), eq(channels.target, before.target));
  const [, [channel]] = await ctx.db.batch([
    // Of the secret the log holds only that there is another one since.
    auditChange(ctx, {
      ...{ table: channels, where, action: 'channel.rotate', target: `channel:${id}` },
      set: { updatedAt: now },
    }),
    ctx.db.update(channels).set({ target, updatedAt: now }).where(where).returning(),
  ]);
  if (!channel) throw new ConflictError('Somebody else just changed it. Look at it again.');
  return { channel, secret, previousUntil: new Date(until) };
}
