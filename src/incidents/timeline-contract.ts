import { z } from '@hono/zod-openapi';
import { oneOf, rfc3339 } from '../http/fields.ts';
import { pageOf, pagingQuery } from '../http/pagination.ts';

export const ENTRY_KINDS = [
  'created',
  'status',
  'assignment',
  'change',
  'archived',
  'unarchived',
  'deleted',
  'restored',
  'note',
  'alert',
  'evidence',
  'download',
  'printed',
] as const;

const { limit, cursor } = pagingQuery(['timestamp']);

export const timelineQuery = z.strictObject({
  limit,
  cursor,
  sort_order: oneOf(['asc', 'desc']).default('asc').openapi({ default: 'asc', description: 'Oldest or newest first.' }),
});

export type TimelineQuery = z.output<typeof timelineQuery>;

/** A value of an incident as the audit log keeps it. */
export const fieldValue = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

const changeView = z.strictObject({
  field: z.string().openapi({ example: 'status' }),
  before: fieldValue.openapi({ description: 'Null for what was empty, and for all fields of `created`.' }),
  after: fieldValue,
});

const shownNote = z.strictObject({
  id: z.number().int(),
  body: z.string().nullable().openapi({ description: 'What the note says today; null when it was deleted.' }),
  edited_at: rfc3339.nullable(),
  deleted: z.boolean(),
});

export const entryView = z
  .strictObject({
    id: z.number().int(),
    timestamp: rfc3339,
    actor: z.string().openapi({ description: '`user:<name>` or `system:<part>`.' }),
    kind: z.enum(ENTRY_KINDS).openapi({
      description:
        '`assignment` is of nothing but the assignee or the owner; `change` is of any other fields; `alert`, ' +
        '`evidence` and `note` are about such a part of the incident, and `download` is of evidence. `printed` is a ' +
        'report of the incident.',
    }),
    action: z.string().openapi({ description: 'As the audit log names it.', example: 'incident.mitigate' }),
    changes: z.array(changeView).openapi({ description: 'Of the incident itself.' }),
    note: shownNote.nullable(),
    alert_id: z.number().int().nullable(),
    evidence_id: z.number().int().nullable(),
    filename: z.string().nullable().openapi({ description: 'Of the evidence.' }),
  })
  .openapi('TimelineEntry');

export type Entry = z.output<typeof entryView>;

export const timelinePage = pageOf(entryView).openapi('TimelinePage');
