import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  type QueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import worker from '../../src/index.ts';
import { ALERT_QUEUE } from '../../src/queue/messages.ts';
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

type Delivery = { queue?: string; attempts?: number; bindings?: Partial<Env> };

/** Delivers messages to the queue consumer at once, as ids m0, m1 …; answers what became of each, and the delays. */
export async function deliver(
  bodies: unknown[],
  { queue = ALERT_QUEUE, attempts = 1, bindings = {} }: Delivery = {},
): Promise<QueueResult & { delays: (number | undefined)[] }> {
  const timestamp = new Date();
  const messages = bodies.map((body, index) => ({ id: `m${index}`, timestamp, attempts, body }));
  const batch = createMessageBatch(queue, messages);
  const retries = batch.messages.map((message) => vi.spyOn(message, 'retry'));
  const execution = createExecutionContext();
  await worker.queue(batch, { ...env, ...bindings }, execution);
  const delays = retries.flatMap((retry) => retry.mock.calls.map(([options]) => options?.delaySeconds));
  return { ...(await getQueueResult(batch, execution)), delays };
}

/** The message that asks for the alerts of these events. */
export function raise(...eventIds: number[]) {
  return { type: 'raise_alerts', event_ids: eventIds };
}

/** A queue that takes every message and delivers none. */
export const silentQueue = { send: async () => {} } as unknown as Queue;

/** A queue that takes no message. */
export const brokenQueue = {
  send: async () => {
    throw new Error('Queue sendBatch failed: Service Unavailable');
  },
} as unknown as Queue;
