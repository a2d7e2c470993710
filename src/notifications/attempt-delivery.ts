import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import type { Channel, Delivery } from './delivery-lease.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { isGone, noAnswer, type Outcome } from './outcome.ts';
import { recordAttempt } from './record-attempt.ts';
import { requestOf } from './request-of.ts';
import { sendEmail } from './send-email.ts';

type Sending = { channel: Channel; delivery: Delivery };

/** Tries a delivery once and writes down what became of it. Tells how long it took, and whether its channel ended. */
export async function attemptDelivery(ctx: Context, { channel, delivery }: Sending) {
  const at = ctx.clock();
  const outcome = await send(ctx, { channel, delivery });
  const latencyMs = ctx.clock().getTime() - at.getTime();
  await recordAttempt(ctx, { channel, delivery, outcome, at, latencyMs });
  return { latencyMs, isGone: isGone(outcome) };
}

async function send(ctx: Context, sending: Sending): Promise<Outcome> {
  try {
    if (sending.channel.type === 'email') return await sendEmail(ctx, sending);
    return await guardedFetch(ctx, await requestOf(ctx, sending));
  } catch (error) {
    log.error('notification not made', { delivery: sending.delivery.id, ...describeError(error) });
    return noAnswer('the notification could not be made');
  }
}
