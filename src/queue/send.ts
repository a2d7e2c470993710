import { runLater } from '../core/later.ts';
import type { Message } from './messages.ts';

/** Not before so many seconds. */
export type Delay = { delaySeconds: number };

// A queue holds a message for twelve hours at most; what is due later is found by a cron.
const MAX_DELAY_S = 12 * 60 * 60;

/** Sends to the queue once the answer is out. A failed send loses nothing: the rows say what is due, and a cron finds it. */
export function sendLater(
  queues: Pick<Env, 'ALERT_QUEUE' | 'DELIVERY_QUEUE'>,
  execution: Pick<ExecutionContext, 'waitUntil'>,
) {
  const later = runLater(execution);
  return (message: Message, delay?: Delay): void => {
    const queue = message.type === 'deliver' ? queues.DELIVERY_QUEUE : queues.ALERT_QUEUE;
    const options = delay && { delaySeconds: Math.min(Math.ceil(delay.delaySeconds), MAX_DELAY_S) };
    later(`queue send of ${message.type}`, () => queue.send(message, options));
  };
}
