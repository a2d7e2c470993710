import type { Context as HonoContext } from 'hono';
import { systemClock } from '../core/clock.ts';
import type { Context, Origin } from '../core/context.ts';
import { runLater } from '../core/later.ts';
import { settingsOf } from '../core/settings.ts';
import { sendLater } from '../queue/send.ts';
import type { AppEnv } from './router.ts';

/** The context in which a request's operations run: one for each request. */
export function contextOf(c: HonoContext<AppEnv>): Context {
  const ctx = c.get('context') ?? newContext(c);
  c.set('context', ctx);
  return ctx;
}

function newContext(c: HonoContext<AppEnv>): Context {
  return {
    db: c.get('db'),
    // Authentication uses the context before it knows who is asking.
    get actor() {
      return c.get('actor');
    },
    clock: systemClock,
    settings: settingsOf(c.env),
    requestId: c.get('requestId'),
    ip: c.req.header('CF-Connecting-IP') ?? null,
    // The runtime makes `cf` when it is first asked for, and only what sensors do asks for it.
    get origin() {
      return originOf(c.req.raw.cf);
    },
    get continent() {
      return (c.req.raw.cf?.continent as string | undefined) ?? null;
    },
    enqueue: sendLater(c.env, c.executionCtx),
    later: runLater(c.executionCtx),
    evidence: c.env.EVIDENCE,
    assets: c.env.ASSETS,
    email: c.env.EMAIL,
  };
}

function originOf(cf: CfProperties | undefined): Origin {
  const { country, asn, colo } = (cf ?? {}) as Partial<IncomingRequestCfProperties>;
  return { country: country ?? null, asn: asn ?? null, colo: colo ?? null };
}
