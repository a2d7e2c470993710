import { and, eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError, ValidationError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { targetAt } from './address-target.ts';
import { ADDRESSED_BY, addressFaults, type ChannelPatch } from './channel-contract.ts';
import { storeTarget } from './channel-target.ts';
import type { Channel } from './delivery-lease.ts';
import { getChannel } from './get-channel.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { channels } from './table.ts';
import { webhookTarget } from './webhook-target.ts';

/** Changes what is given of a channel. A webhook keeps its secret at another address. Enabled, it is disabled no more. */
export async function updateChannel({ ctx, input }: Call<{ id: number; patch: ChannelPatch }>): Promise<Channel> {
  authorize(ctx.actor, 'channel.manage');
  const { id, patch } = input;
  const before = await getChannel({ ctx, input: { id } });
  if (Object.keys(patch).length === 0) return before;
  const { name, template, enabled } = patch;
  const { target, shownTarget } = retarget(ctx, { before, patch });
  const disabledReason = enabled === undefined ? undefined : null;
  const shown = { name, template, enabled, disabledReason, shownTarget };
  // What was read of the target is part of the new one.
  const where = and(eq(channels.id, id), target ? eq(channels.target, before.target) : undefined);
  const [, [channel]] = await ctx.db
    .batch([
      auditChange(ctx, { table: channels, where, set: shown, action: 'channel.update', target: `channel:${id}` }),
      ctx.db
        .update(channels)
        .set({ ...shown, target, updatedAt: ctx.clock() })
        .where(where)
        .returning(),
    ])
    .catch(refuseTakenName);
  if (!channel) throw new ConflictError('Somebody else just changed or deleted it. Look at it again.');
  return channel;
}

type Change = { before: Channel; patch: ChannelPatch };

/** The columns of the new target; nothing when the address stays. */
function retarget(ctx: Context, { before, patch }: Change): Partial<ReturnType<typeof storeTarget>> {
  const { type } = before;
  const faults = addressFaults(type, { given: patch, needed: false });
  if (faults.length > 0) {
    throw new ValidationError(faults.map(({ field, detail }) => ({ pointer: `#/${field}`, detail })));
  }
  if (patch[ADDRESSED_BY[type]] === undefined) return {};
  const secrets = type === 'webhook' ? webhookTarget(ctx, before) : { secret: '', previous: null };
  const { secret, previous } = secrets;
  const target = targetAt(ctx.settings, { address: { type, ...patch }, secrets: { secret, previous } });
  return storeTarget(ctx.settings, target);
}
