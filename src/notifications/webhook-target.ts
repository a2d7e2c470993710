import type { Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { openTarget, type Target } from './channel-target.ts';
import type { Channel } from './delivery-lease.ts';

/** The target of a webhook channel, with its secrets. */
export function webhookTarget({ settings }: Context, channel: Channel): Extract<Target, { type: 'webhook' }> {
  if (channel.type !== 'webhook') throw new ConflictError('Only a channel of type webhook has a secret.');
  const target = openTarget(settings, channel);
  if (target?.type === 'webhook') return target;
  throw new ConflictError(
    'Its secret cannot be read since JWT_SECRET was changed. Delete the channel and add it anew.',
  );
}
