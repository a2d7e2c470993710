import type { Context } from '../core/context.ts';
import { log } from '../core/log.ts';
import { openTarget } from './channel-target.ts';
import type { Channel, Delivery } from './delivery-lease.ts';
import { type Email, emailMessage } from './email-message.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { isGone, noAnswer, type Outcome } from './outcome.ts';
import { tell } from './told.ts';

type Sending = { channel: Channel; delivery: Delivery };
type Addressed = Email & { from: string; to: string[] };

/** Together with the attempt at the provider it takes less than the lease of a delivery. */
const TIMEOUT_MS = 10_000;

/** What passes by itself, so that the same way is tried again (developers.cloudflare.com/email-service, error codes). */
const TRANSIENT = ['E_RATE_LIMIT_EXCEEDED', 'E_DELIVERY_FAILED', 'E_INTERNAL_SERVER_ERROR'];

/** Sends a notification by e-mail: through the platform, or the HTTP provider where the platform cannot or will not. */
export async function sendEmail(ctx: Context, { channel, delivery }: Sending): Promise<Outcome> {
  const { from, httpUrl } = ctx.settings.email;
  if (from === '') return noAnswer('EMAIL_FROM is not set');
  const target = openTarget(ctx.settings, channel);
  if (target?.type !== 'email') throw new Error('the addressees of a channel cannot be read: JWT_SECRET was changed');
  const email = { from, to: target.to, ...emailMessage(tell(delivery, channel.template)) };
  const refusal = ctx.email ? await sendByPlatform(ctx.email, email) : 'there is no binding for e-mail';
  if (refusal === null) return { status: null, error: null, retryAfterSeconds: null };
  if (httpUrl === '' || TRANSIENT.includes(refusal) || refusal === LATE) return noAnswer(`not sent: ${refusal}`);
  return sendByProvider(ctx, { email, id: `msg_${delivery.id}` });
}

const LATE = `no answer within ${TIMEOUT_MS / 1000} seconds`;

/** Why the platform did not send it; null when it did. Its own text may name addressees, so only its code is kept. */
async function sendByPlatform(binding: SendEmail, email: Addressed): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(LATE), TIMEOUT_MS);
  });
  const sent = binding.send(email).then(() => null, codeOf);
  const refusal = await Promise.race([sent, late]);
  clearTimeout(timer);
  if (refusal) log.warn('e-mail not sent by the platform', { refusal });
  return refusal;
}

function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return /\bE_[A-Z_]{1,60}\b/.exec(`${code} ${message}`)?.[0] ?? 'refused by the platform';
}

/** One JSON request. A provider that knows `Idempotency-Key` sends a retry once. */
async function sendByProvider(ctx: Context, { email, id }: { email: Addressed; id: string }): Promise<Outcome> {
  const { httpUrl, httpToken } = ctx.settings.email;
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Idempotency-Key': id };
  if (httpToken) headers.Authorization = `Bearer ${httpToken}`;
  const outcome = await guardedFetch(ctx, { url: httpUrl, headers, body: JSON.stringify(email) });
  // The address of the provider is the operator's: its end is no channel's.
  return isGone(outcome) ? noAnswer('the provider of e-mail answered 410') : outcome;
}
