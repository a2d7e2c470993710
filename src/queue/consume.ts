import { raiseAlerts } from '../alerts/raise-alerts.ts';
import { recordDeadLetters } from '../audit/record-dead-letters.ts';
import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import { alertMessage, DEAD_LETTER_QUEUE } from './messages.ts';

/**
 * Queue entry: parse → dispatch → ack or retry. It never throws, because a throw redelivers what was acked, too.
 * All messages of a delivery share one database batch; should it fail, all are retried.
 */
export async function consume(batch: MessageBatch, ctx: Context): Promise<void> {
  if (batch.queue === DEAD_LETTER_QUEUE) return settle(batch.messages, () => recordDeadLetters({ ctx, input: batch }));

  const parsed = batch.messages.map((message) => ({ message, body: alertMessage.safeParse(message.body) }));
  // What cannot be read now will not be readable later: it is recorded, not retried.
  const unreadable = parsed.filter(({ body }) => !body.success).map(({ message }) => message);
  await settle(unreadable, () => recordDeadLetters({ ctx, input: { queue: batch.queue, messages: unreadable } }));

  const readable = parsed.flatMap(({ message, body }) => (body.success ? [{ message, ids: body.data.event_ids }] : []));
  await settle(
    readable.map(({ message }) => message),
    () => raiseAlerts({ ctx, input: { eventIds: readable.flatMap(({ ids }) => ids) } }),
  );
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
