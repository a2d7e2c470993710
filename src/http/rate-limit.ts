import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { systemClock } from '../core/clock.ts';
import { RateLimitedError, UnavailableError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { settingsOf } from '../core/settings.ts';
import { rejectLater } from '../identity/record-rejection.ts';
import { GrowOnlyCounter, WINDOW_SECONDS } from './grow-only-counter.ts';
import { type Asking, type Claim, claimEvents, claimsOf } from './limits.ts';
import { contextOf } from './request-context.ts';
import type { AppEnv } from './router.ts';
import type { Defer } from './shared-tally.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** How the request's quotas stand, by the names of their policies. */
    standings: Map<string, Standing>;
  }
}

/** A quota after a claim on it. */
export type Standing = { quota: number; isEnough: boolean; remaining: number; resetSeconds: number };

type Request = HonoContext<AppEnv>;
type Means = { counter: GrowOnlyCounter; defer: Defer };

const counters = new WeakMap<KVNamespace, GrowOnlyCounter>();

/** The counter of this isolate. */
function counterOf(kv: KVNamespace): GrowOnlyCounter {
  const counter = counters.get(kv) ?? new GrowOnlyCounter({ kv, clock: systemClock });
  counters.set(kv, counter);
  return counter;
}

/**
 * Takes from a quota if it has enough; what is refused is not counted. Other isolates are told of every tenth of the
 * quota. Signing in is different: it counts only once KV has been heard, and throws when KV fails.
 */
export async function take({ policy, bucket, cost }: Claim, { counter, defer }: Means): Promise<Standing> {
  const { name, quota } = policy;
  let isEnough = counter.total(bucket) + cost <= quota;
  if (isEnough && cost > 0) {
    const growth = { bucket, amount: cost, step: Math.ceil(quota / 10) };
    if (name === 'sign-in') await counter.addAndRead(growth, defer);
    else counter.add(growth, defer);
    isEnough = counter.total(bucket) <= quota;
  }
  const remaining = Math.max(0, quota - counter.total(bucket));
  return { quota, isEnough, remaining, resetSeconds: counter.secondsLeft() };
}

/** Refuses with 429 what exceeds a quota of `limits.ts`. It needs `actor`. */
export const rateLimit = createMiddleware<AppEnv>(async (c, next) => {
  for (const claim of claimsOf(askingOf(c))) await spend(c, claim);
  return next();
});

/** Counts the events of a request before they are stored; throws when the quota has not enough for all of them. */
export async function countEvents(c: Request, count: number): Promise<void> {
  for (const claim of claimEvents({ ...askingOf(c), count })) await spend(c, claim);
}

/**
 * Puts `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11) on every answer to which a quota
 * applies. A request that failed before its caller was known is told how its address stands.
 */
export const announceLimits = createMiddleware<AppEnv>(async (c, next) => {
  const standings = new Map<string, Standing>();
  c.set('standings', standings);
  await next();
  if (standings.size === 0) for (const claim of claimsOf(askingOf(c))) await stand(c, { ...claim, cost: 0 });
  const all = [...standings];
  if (all.length === 0) return;
  const policies = all.map(([name, { quota }]) => `"${name}";q=${quota};w=${WINDOW_SECONDS}`);
  c.res.headers.set('RateLimit-Policy', policies.join(', '));
  const rooms = all.map(([name, { remaining, resetSeconds }]) => `"${name}";r=${remaining};t=${resetSeconds}`);
  c.res.headers.set('RateLimit', rooms.join(', '));
});

/** Without a working counter signing in is closed, since guessing must not be free; everything else stays open. */
async function spend(c: Request, claim: Claim): Promise<void> {
  const { name, quota } = claim.policy;
  const standing = await stand(c, claim);
  if (!standing && name === 'sign-in') throw new UnavailableError();
  if (!standing || standing.isEnough) return;
  rejectLater(contextOf(c), { action: 'limit.refuse', target: `limit:${name}` });
  const { remaining, resetSeconds } = standing;
  const detail = `The quota ${name} is ${quota} a minute; ${remaining} are left for the next ${resetSeconds} seconds.`;
  throw new RateLimitedError(resetSeconds, detail);
}

async function stand(c: Request, claim: Claim): Promise<Standing | undefined> {
  const warn = (error: unknown) =>
    log.warn('limit counter failed', { policy: claim.policy.name, ...describeError(error) });
  const defer: Defer = (work) => c.executionCtx.waitUntil(work.catch(warn));
  try {
    const standing = await take(claim, { counter: counterOf(c.env.COUNTERS), defer });
    c.get('standings').set(claim.policy.name, standing);
    return standing;
  } catch (error) {
    warn(error);
    return undefined;
  }
}

function askingOf(c: Request): Asking {
  const { method, path } = c.req;
  const ip = c.req.header('CF-Connecting-IP');
  return { actor: c.get('actor'), method, path, ip, limits: settingsOf(c.env).limits };
}
