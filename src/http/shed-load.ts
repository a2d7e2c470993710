import { createMiddleware } from 'hono/factory';
import { systemClock } from '../core/clock.ts';
import { UnavailableError } from '../core/errors.ts';
import { isOverload } from '../db/faults.ts';
import type { AppEnv } from './router.ts';

type Options = {
  /** How long reads are shed after an overload that nothing came before. */
  firstSeconds: number;
  /** Each overload that soon follows doubles it, up to this; after so many quiet seconds it starts anew. */
  maxSeconds: number;
  /** `Retry-After` is later by up to this, at random: those who were refused do not return all at once. */
  jitterSeconds: number;
};

/** What can wait is lists, searches, exports and reports. One thing by its id, who I am and the health go on. */
const GOES_ON = /\/\d+(?:\/content)?$|^\/api\/v1\/(?:health|auth\/me|openapi\.json|docs|swagger|redoc)$/;

/** How strained a database is, as far as this isolate has seen. */
class Strain {
  readonly #options: Options;
  #seconds = 0;
  #until = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  secondsLeft(now: number): number {
    return Math.max(0, Math.ceil((this.#until - now) / 1000));
  }

  retryAfter(now: number): number {
    return this.secondsLeft(now) + Math.floor(Math.random() * (this.#options.jitterSeconds + 1));
  }

  /** Failures within the same spell are one overload: what goes on is still tried meanwhile. */
  noteOverload(now: number): void {
    if (now < this.#until) return;
    const { firstSeconds, maxSeconds } = this.#options;
    const isNew = now - this.#until > maxSeconds * 1000;
    this.#seconds = isNew ? firstSeconds : Math.min(this.#seconds * 2, maxSeconds);
    this.#until = now + this.#seconds * 1000;
  }
}

/**
 * After D1 said that it is overloaded, answers reads that can wait with 503 for some seconds, without asking D1. What
 * it can still do is left to ingest, signing in and triage, which are always tried.
 */
export function shedLoad(options: Options) {
  const strains = new WeakMap<D1Database, Strain>();
  return createMiddleware<AppEnv>(async (c, next) => {
    const strain = strains.get(c.env.DB) ?? new Strain(options);
    strains.set(c.env.DB, strain);
    const now = systemClock().getTime();
    const canWait = (c.req.method === 'GET' || c.req.method === 'HEAD') && !GOES_ON.test(c.req.path);
    if (canWait && strain.secondsLeft(now) > 0) throw new UnavailableError(strain.retryAfter(now));
    await next();
    if (!c.error || !isOverload(c.error)) return;
    const failedAt = systemClock().getTime();
    strain.noteOverload(failedAt);
    const told = Number(c.res.headers.get('Retry-After'));
    c.res.headers.set('Retry-After', String(Math.max(told, strain.retryAfter(failedAt))));
  });
}
