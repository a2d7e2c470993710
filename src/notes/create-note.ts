import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { presentIncident } from '../incidents/get-incident.ts';
import { incidents } from '../incidents/table.ts';
import type { Note, NoteInput } from './contract.ts';
import { noteTarget } from './get-note.ts';
import { notes } from './table.ts';

/** Adds a note to an incident, whatever its status; not to a deleted one, even when it is deleted at that moment. */
export async function createNote({ ctx, input }: Call<NoteInput & { incidentId: number }>): Promise<Note> {
  authorize(ctx.actor, 'note.write');
  const { incidentId, body } = input;
  const note = selectInto(notes, {
    values: { incidentId, author: requirePerson(ctx).username, body, createdAt: ctx.clock().getTime() },
    from: sql`FROM ${incidents} WHERE ${presentIncident(incidentId)}`,
  });
  const [[created]] = await ctx.db.batch([
    ctx.db.insert(notes).select(note).returning(),
    auditInsert(ctx, { action: 'note.create', target: latestNote, after: { body } }),
  ]);
  if (!created) throw new NotFoundError('incident');
  return created;
}

const latestNote = sql`(SELECT ${noteTarget} FROM ${notes} ORDER BY ${notes.id} DESC LIMIT 1)`;
