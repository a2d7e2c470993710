import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import worker from '../../src/index.ts';
import { type Options, requestTo } from './client.ts';

type CallWith = Options & { bindings: Partial<Env> };

/** One request to the Worker with some bindings replaced; what it left for later has run when this returns. */
export async function callWith(method: string, path: string, { bindings, ...options }: CallWith): Promise<Response> {
  const execution = createExecutionContext();
  const response = await worker.fetch(requestTo(method, path, options), { ...env, ...bindings }, execution);
  await waitOnExecutionContext(execution);
  return response;
}

/** Runs the cron that sweeps, or another. */
export async function runCron(cron = '* * * * *', bindings: Partial<Env> = {}): Promise<void> {
  const execution = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron }), { ...env, ...bindings }, execution);
  await waitOnExecutionContext(execution);
}

/** A queue that takes every message and delivers none. */
export const silentQueue = { send: async () => {} } as unknown as Queue;

/** A queue that takes no message. */
export const brokenQueue = {
  send: async () => {
    throw new Error('Queue sendBatch failed: Service Unavailable');
  },
} as unknown as Queue;
