import { raiseAlerts } from '../alerts/raise-alerts.ts';
import { recordDeadLetters } from '../audit/record-dead-letters.ts';
import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import { advanceEscalations } from '../escalation/advance-escalations.ts';
import { deliver } from '../notifications/deliver.ts';
import { type Message as Body, message as bodySchema, DEAD_LETTER_QUEUE, idsOf } from './messages.ts';

type Work = { ctx: Context; ids: number[] };

/** What is done about each type of message. */
const WORK: Partial<Record<Body['type'], (work: Work) => Promise<unknown>>> = {
  raise_alerts: ({ ctx, ids }) => raiseAlerts({ ctx, input: { eventIds: ids } }),
  escalate: ({ ctx, ids }) => advanceEscalations({ ctx, input: { alertIds: ids } }),
  deliver: ({ ctx, ids }) => deliver({ ctx, input: { deliveryIds: ids } }),
};

/**
 * Queue entry: parse → dispatch → ack or retry. It never throws, because a throw redelivers what was acked, too.
 * All messages of one type share one database batch; should it fail, all of them are retried.
 */
export async function consume(batch: MessageBatch, ctx: Context): Promise<void> {
  if (batch.queue === DEAD_LETTER_QUEUE) return settle(batch.messages, () => recordDeadLetters({ ctx, input: batch }));

  const parsed = batch.messages.map((message) => ({ message, body: bodySchema.safeParse(message.body) }));
  // What cannot be read now will not be readable later: it is recorded, not retried.
  const unreadable = parsed.filter(({ body }) => !body.success).map(({ message }) => message);
  await settle(unreadable, () => recordDeadLetters({ ctx, input: { queue: batch.queue, messages: unreadable } }));

  const readable = parsed.flatMap(({ message, body }) => (body.success ? [{ message, body: body.data }] : []));
  for (const [type, work] of Object.entries(WORK)) {
    const some = readable.filter(({ body }) => body.type === type);
    await settle(
      some.map(({ message }) => message),
      () => work({ ctx, ids: some.flatMap(({ body }) => idsOf(body)) }),
    );
  }
}

/** Acks the messages when the work is done; otherwise asks for them again, later each time. */
async function settle(messages: readonly Message[], work: () => Promise<unknown>): Promise<void> {
  if (messages.length === 0) return;
  try {
    await work();
    for (const message of messages) message.ack();
  } catch (error) {
    log.error('queue work failed', { messages: messages.length, ...describeError(error) });
    for (const message of messages) message.retry({ delaySeconds: backoff(message.attempts) });
  }
}

/** 2, 4, 8 … seconds, at most five minutes. */
function backoff(attempts: number): number {
  return Math.min(2 ** attempts, 300);
}
