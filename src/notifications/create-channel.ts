import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { targetAt } from './address-target.ts';
import { MAX_CHANNELS, type NewChannel } from './channel-contract.ts';
import { storeTarget } from './channel-target.ts';
import type { Channel } from './delivery-lease.ts';
import { nextChannelId } from './next-channel-id.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { channels } from './table.ts';
import { newWebhookSecret } from './webhook-secret.ts';

/** Adds a channel. A webhook has a secret to sign with, which is answered and cannot be read again. */
export async function createChannel({
  ctx,
  input,
}: Call<NewChannel>): Promise<{ channel: Channel; secret: string | null }> {
  authorize(ctx.actor, 'channel.manage');
  const { name, type, template, enabled } = input;
  const secret = newWebhookSecret();
  const target = targetAt(ctx.settings, { address: input, secrets: { secret, previous: null } });
  const stored = storeTarget(ctx.settings, target);
  const now = ctx.clock().getTime();
  const values = {
    id: nextChannelId,
    ...{ name, type, ...stored, enabled: Number(enabled) },
    template: template && JSON.stringify(template),
    ...{ createdBy: actorLabel(ctx.actor), createdAt: now, updatedAt: now },
  };
  const from = sql`WHERE (SELECT count(*) FROM ${channels}) < ${MAX_CHANNELS}`;
  const [[channel]] = await ctx.db
    .batch([
      ctx.db.insert(channels).select(selectInto(channels, { values, from })).returning(),
      auditInsert(ctx, {
        action: 'channel.create',
        target: sql`'channel:' || last_insert_rowid()`,
        after: { name, type, shown_target: stored.shownTarget, template, enabled },
      }),
    ])
    .catch(refuseTakenName);
  if (!channel) throw new ConflictError(`There are ${MAX_CHANNELS} channels already.`);
  return { channel, secret: type === 'webhook' ? secret : null };
}
