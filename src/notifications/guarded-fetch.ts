import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import { checkTarget, isTrusted } from './check-target.ts';
import { noAnswer, type Outcome, type Outgoing } from './outcome.ts';
import { checkAddresses } from './resolve-target.ts';
import { retryAfterOf } from './retry-after.ts';

/** A receiver that has not answered by then did not answer (Standard Webhooks asks for 15 to 30 seconds). */
const TIMEOUT_MS = 15_000;

/** Of an answer only the status counts; so much is read of it, to let the receiver finish. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Sends a request to a receiver that somebody typed in: over https, to a public address, following no redirect, and
 * waiting only so long. It never throws.
 */
export async function guardedFetch(ctx: Context, outgoing: Outgoing): Promise<Outcome> {
  const fault = checkTarget(outgoing.url, ctx.settings);
  if (fault) return noAnswer(`the address ${fault}`);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const url = new URL(outgoing.url);
    const refusal = isTrusted(url, ctx.settings)
      ? undefined
      : await checkAddresses(ctx, { name: url.hostname, signal });
    return refusal ? noAnswer(refusal) : await post(ctx, { ...outgoing, signal });
  } catch (error) {
    if (signal.aborted) return noAnswer(`no answer within ${TIMEOUT_MS / 1000} seconds`);
    log.warn('receiver not reached', describeError(error));
    return noAnswer('no connection');
  }
}

async function post(
  ctx: Context,
  { url, headers, body, signal }: Outgoing & { signal: AbortSignal },
): Promise<Outcome> {
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  await readSome(response).catch(() => {});
  const { status } = response;
  if (response.ok) return { status, error: null, retryAfterSeconds: null };
  const error = status >= 300 && status < 400 ? 'a redirect, which is not followed' : `status ${status}`;
  return { status, error, retryAfterSeconds: retryAfterOf(response, ctx.clock()) };
}

/** Reads up to the limit and breaks off. */
async function readSome({ body }: Response): Promise<void> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return;
  }
}
