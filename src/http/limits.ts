import type { Actor } from '../core/actor.ts';
import { networkOf } from '../core/network.ts';
import type { Settings } from '../core/settings.ts';

/** A quota a minute, under the name that `RateLimit-Policy` gives it. */
export type Policy = {
  name: 'sensor' | 'sensor-events' | 'user' | 'address' | 'sign-in';
  quota: number;
};

/** What is taken from a quota; 0 when it is only to be told how much is left. */
export type Claim = { policy: Policy; bucket: string; cost: number };

/** What a request says of its caller. `path` is canonical; `ip` is what Cloudflare saw, not what the client claims. */
export type Asking = {
  actor: Actor;
  method: string;
  path: string;
  ip: string | undefined;
  limits: Settings['limits'];
};

const UNLIMITED = new Set(['health', 'openapi.json', 'docs', 'swagger', 'redoc'].map((page) => `/api/v1/${page}`));
const SIGN_IN = new Set(['token', 'auth/login', 'token/refresh'].map((route) => `/api/v1/${route}`));

/** The quotas that a request draws on: of its sensor, its user or its address, and that of signing in. */
export function claimsOf(asking: Asking): Claim[] {
  const { actor, method, path, ip, limits } = asking;
  if (method === 'OPTIONS' || UNLIMITED.has(path)) return [];
  const claims = [claimOfCaller(asking), ...claimEvents({ actor, limits, count: 0 })];
  if (method === 'POST' && SIGN_IN.has(path)) {
    claims.push(claimOne({ name: 'sign-in', quota: limits.signIns }, networkOf(ip)));
  }
  return claims;
}

function claimOfCaller({ actor, ip, limits }: Asking): Claim {
  if (actor.role === 'sensor') {
    return claimOne({ name: 'sensor', quota: limits.sensorRequests }, String(actor.sensorId));
  }
  if ('username' in actor) return claimOne({ name: 'user', quota: limits.userRequests }, actor.username);
  return claimOne({ name: 'address', quota: limits.addressRequests }, networkOf(ip));
}

/** What so many events draw on: the event quota of a sensor; people's events are limited by their requests. */
export function claimEvents({ actor, limits, count }: Pick<Asking, 'actor' | 'limits'> & { count: number }): Claim[] {
  if (actor.role !== 'sensor') return [];
  const claim = claimOne({ name: 'sensor-events', quota: limits.sensorEvents }, String(actor.sensorId));
  return [{ ...claim, cost: count }];
}

function claimOne(policy: Policy, who: string): Claim {
  return { policy, bucket: `${policy.name}/${encodeURIComponent(who)}`, cost: 1 };
}
