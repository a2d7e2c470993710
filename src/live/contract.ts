import { z } from '@hono/zod-openapi';
import { rfc3339 } from '../http/fields.ts';
import type { Ticket } from './create-ticket.ts';

export const ticketView = z
  .strictObject({
    ticket: z.string().openapi({ description: 'Good for one connection.' }),
    expires_at: rfc3339,
  })
  .openapi('LiveTicket');

/** The id of an audit row, or 0 for the beginning. */
const cursor = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a cursor as it was sent')
  .transform(Number);

export const liveQuery = z.strictObject({
  ticket: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'From `POST /live/ticket`, where no Authorization header can be sent.' }),
  cursor: cursor.optional().openapi({
    type: 'integer',
    minimum: 0,
    description: 'The `cursor` of the last message that you had; from now when it is left out.',
  }),
});

export const liveHeaders = z.object({
  'last-event-id': cursor.optional().openapi({
    type: 'integer',
    minimum: 0,
    description: 'The cursor, as an EventSource repeats it. It goes before `cursor`.',
  }),
});

const changes = z
  .strictObject({ status: z.string(), severity: z.string(), assignee: z.string().nullable() })
  .partial()
  .openapi({ description: 'What of these was set, as it is now.' });

const cursorView = z.number().int().openapi({ description: 'Where to resume.', example: 4711 });

export const changeView = z
  .strictObject({
    cursor: cursorView,
    at: rfc3339,
    type: z.string().openapi({ description: 'The action, as the audit log names it.', example: 'alert.acknowledge' }),
    actor: z.string().openapi({ example: 'user:alice' }),
    subjects: z.array(z.string()).openapi({ description: 'What it is about.', example: ['alert:12'] }),
    changes: changes.optional(),
  })
  .openapi('LiveChange');

export type Change = z.output<typeof changeView>;

/** What of a change is told from its audit row, as it is stored there. */
export const storedChanges = changes;

/** What the audit row of raised alerts says: the ids of those that were opened and joined, and events by silence. */
export const storedRaise = z
  .object({
    alerts: z.array(z.number().int()),
    joined: z.array(z.number().int()),
    suppressed: z.record(z.string(), z.number()),
  })
  .partial();

/** What opens and interrupts a stream: `reset` asks to load afresh what is shown, since too much was missed. */
export const noticeView = z
  .strictObject({ type: z.enum(['hello', 'reset']), cursor: cursorView })
  .openapi('LiveNotice');

export function viewTicket({ ticket, expiresAt }: Ticket): z.output<typeof ticketView> {
  return { ticket, expires_at: expiresAt.toISOString() };
}
