import { describeError, log } from '../core/log.ts';
import type { AlertMessage } from './messages.ts';

/** Sends to the queue once the answer is out. A failed send loses nothing: the event stays pending for the sweep. */
export function sendLater(queue: Queue, execution: Pick<ExecutionContext, 'waitUntil'>) {
  return (message: AlertMessage): void => {
    execution.waitUntil(
      queue
        .send(message)
        .catch((error) => log.warn('queue send failed', { events: message.event_ids.length, ...describeError(error) })),
    );
  };
}
