import type { Call } from '../core/context.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import { auditEvent } from './audit.ts';

type Letter = { id: string; body: unknown; attempts: number };

/** D1's limit of a batch is generous; the text of one letter in the log need not be. */
const MAX_BODY = 4000;

/**
 * Writes down messages that the queue gave up on, or that could not be read. The alerts that they stood for are
 * not lost: their events are still pending, and the sweep raises them.
 */
export async function recordDeadLetters({
  ctx,
  input,
}: Call<{ queue: string; messages: readonly Letter[] }>): Promise<void> {
  authorize(ctx.actor, 'queue.record');
  const [first, ...rest] = input.messages.map(({ id, body, attempts }) =>
    auditEvent(ctx, {
      action: 'queue.dead_letter',
      target: `message:${id}`,
      after: { queue: input.queue, attempts, body: JSON.stringify(body)?.slice(0, MAX_BODY) ?? null },
    }),
  );
  if (!first) return;
  await ctx.db.batch([first, ...rest]);
  log.error('messages gave up', { queue: input.queue, messages: input.messages.length });
}
