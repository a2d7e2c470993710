import type { Context as HonoContext } from 'hono';
import { systemClock } from '../core/clock.ts';
import type { Context, Origin } from '../core/context.ts';
import { runLater } from '../core/later.ts';
import { settingsOf } from '../core/settings.ts';
import { database } from '../db/client.ts';
import { sendLater } from '../queue/send.ts';
import type { AppEnv } from './router.ts';

/** The context in which a request's operations run. */
export function contextOf(c: HonoContext<AppEnv>): Context {
  return {
    db: database(c.env.DB),
    actor: c.get('actor'),
    clock: systemClock,
    settings: settingsOf(c.env),
    requestId: c.get('requestId'),
    ip: c.req.header('CF-Connecting-IP') ?? null,
    origin: originOf(c.req.raw.cf),
    enqueue: sendLater(c.env.ALERT_QUEUE, c.executionCtx),
    later: runLater(c.executionCtx),
    evidence: c.env.EVIDENCE,
  };
}

function originOf(cf: CfProperties | undefined): Origin {
  const { country, asn, colo } = (cf ?? {}) as Partial<IncomingRequestCfProperties>;
  return { country: country ?? null, asn: asn ?? null, colo: colo ?? null };
}
