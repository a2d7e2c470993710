import { z } from '@hono/zod-openapi';
import { rfc3339, text } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { noteRevisions, notes } from './table.ts';

const MAX_BODY = 20_000;

const body = z.string().trim().pipe(text(MAX_BODY).min(1)).openapi({
  type: 'string',
  minLength: 1,
  maxLength: MAX_BODY,
  description: 'Markdown, kept as text and never rendered here. White space at either end is cut off.',
});

export const noteInput = z
  .strictObject({ body })
  .openapi('NoteInput', { example: { body: 'Isolated **db-3**; restoring from the backup of 06:00.' } });

export type NoteInput = z.output<typeof noteInput>;

export const noteView = z
  .strictObject({
    id: z.number().int(),
    incident_id: z.number().int(),
    author: z.string(),
    body: z.string(),
    created_at: rfc3339,
    edited_at: rfc3339.nullable(),
  })
  .openapi('Note');

export const notePage = pageOf(noteView).openapi('NotePage');

export const noteQuery = z.strictObject(pagingQuery(['created_at'])).superRefine(checkListQuery);

export type NoteQuery = z.output<typeof noteQuery>;

export const revisionView = z
  .strictObject({
    body: z.string(),
    written_at: rfc3339.openapi({ description: 'Since when the note said so.' }),
    replaced_at: rfc3339.openapi({ description: 'When it was edited to say something else.' }),
  })
  .openapi('NoteRevision');

export const revisionPage = pageOf(revisionView).openapi('NoteRevisionPage');

export const revisionQuery = z.strictObject(pagingQuery(['replaced_at'])).superRefine(checkListQuery);

export type RevisionQuery = z.output<typeof revisionQuery>;

export type Note = typeof notes.$inferSelect;

export type Revision = typeof noteRevisions.$inferSelect;

export function viewNote(note: Note): z.output<typeof noteView> {
  return {
    id: note.id,
    incident_id: note.incidentId,
    author: note.author,
    body: note.body,
    created_at: note.createdAt.toISOString(),
    edited_at: note.editedAt?.toISOString() ?? null,
  };
}

export function viewRevision(revision: Revision): z.output<typeof revisionView> {
  return {
    body: revision.body,
    written_at: revision.writtenAt.toISOString(),
    replaced_at: revision.replacedAt.toISOString(),
  };
}
