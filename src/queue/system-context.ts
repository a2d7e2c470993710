import { systemClock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { runLater } from '../core/later.ts';
import { settingsOf } from '../core/settings.ts';
import { database } from '../db/client.ts';
import { sendLater } from './send.ts';

type Run = { env: Env; execution: ExecutionContext; name: 'queue' | 'cron' };

/** The context in which the queue consumer and the jobs run operations. */
export function systemContext({ env, execution, name }: Run): Context {
  return {
    db: database(env.DB),
    actor: { role: 'system', name },
    clock: systemClock,
    settings: settingsOf(env),
    requestId: crypto.randomUUID(),
    ip: null,
    origin: { country: null, asn: null, colo: null },
    continent: null,
    enqueue: sendLater(env, execution),
    later: runLater(execution),
    evidence: env.EVIDENCE,
    assets: env.ASSETS,
    email: env.EMAIL,
  };
}
