const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** How long after its first, second … attempt a delivery is tried again: twelve attempts in the 20 hours of its day. */
const DELAYS_S = [
  30,
  MINUTE_S,
  2 * MINUTE_S,
  5 * MINUTE_S,
  15 * MINUTE_S,
  30 * MINUTE_S,
  HOUR_S,
  2 * HOUR_S,
  4 * HOUR_S,
  6 * HOUR_S,
  6 * HOUR_S,
];

/** A fifth more or less, so that what failed together does not come back together. */
const JITTER = 0.2;

/** A receiver may ask for more patience, up to this. */
const MAX_RETRY_AFTER_S = 6 * HOUR_S;

type Failed = {
  /** How many attempts there were, this one included. */
  attempts: number;
  retryAfterSeconds: number | null;
  now: Date;
  expiresAt: Date;
  random?: () => number;
};

/** When a delivery is tried again after it failed; null when that was the last time. */
export function nextAttempt({
  attempts,
  retryAfterSeconds,
  now,
  expiresAt,
  random = Math.random,
}: Failed): Date | null {
  const delay = DELAYS_S[attempts - 1];
  if (delay === undefined) return null;
  const jittered = delay * (1 - JITTER + 2 * JITTER * random());
  const seconds = Math.max(jittered, Math.min(retryAfterSeconds ?? 0, MAX_RETRY_AFTER_S));
  const at = new Date(Math.round(now.getTime() + seconds * 1000));
  return at < expiresAt ? at : null;
}
