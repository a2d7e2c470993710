import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Actor } from '../../src/core/actor.ts';
import type { Context } from '../../src/core/context.ts';
import { systemContext } from '../../src/queue/system-context.ts';

/** The admin of tests that call operations. */
export const ADMIN: Actor = { role: 'admin', userId: 1, username: 'admin', sessionId: null, mustEnrolTotp: false };

/** What an operation takes, for tests that call it without HTTP: this actor, at this time, and no queue. */
export function contextAt(time: Date, actor: Actor = { role: 'system', name: 'cron' }): Context {
  const context = systemContext({ env, execution: createExecutionContext(), name: 'cron' });
  return { ...context, actor, clock: () => time, enqueue: () => {} };
}
