import { createHmac } from 'node:crypto';
import { randomToken } from '../core/digest.ts';
import type { Settings } from '../core/settings.ts';

const LIFE_MS = 10 * 60_000;

/**
 * One sign-in at the issuer. Only `cookie` is kept, in the browser that began it; the rest follows from it under a key
 * of ours, so a return counts only with the cookie of its start, and nothing has to be stored here.
 */
export type SsoAttempt = { cookie: string; state: string; nonce: string; verifier: string; from: string };

/** `from` is the page where the person wants to go. */
export function newSsoAttempt(settings: Settings, { now, from }: { now: Date; from: string }): SsoAttempt {
  return attemptOf(settings, `${now.getTime()} ${randomToken(32)} ${from}`);
}

/** The sign-in that a browser began and now returns from with this state; null when there is none such any more. */
export function findSsoAttempt(
  settings: Settings,
  { now, cookie, state }: { now: Date; cookie: string; state?: string | undefined },
): SsoAttempt | null {
  const attempt = attemptOf(settings, cookie);
  const isCurrent = now.getTime() - Number(cookie.split(' ')[0]) < LIFE_MS;
  return attempt.state === state && isCurrent ? attempt : null;
}

function attemptOf({ jwtSecret }: Settings, cookie: string): SsoAttempt {
  const derive = (what: string) => createHmac('sha256', jwtSecret).update(`sso ${what} ${cookie}`).digest('base64url');
  const [, , from = '/'] = cookie.split(' ');
  return { cookie, state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier'), from };
}
