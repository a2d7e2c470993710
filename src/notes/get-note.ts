import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { incidents } from '../incidents/table.ts';
import type { Note } from './contract.ts';
import { notes } from './table.ts';

/** One note by id. Those of a deleted incident do not exist. */
export async function getNote({ ctx, input }: Call<{ id: number }>): Promise<Note> {
  authorize(ctx.actor, 'incident.read');
  const [note] = await ctx.db.select().from(notes).where(presentNote(input.id));
  if (!note) throw new NotFoundError('note');
  return note;
}

/** The condition that the note of this id is there and its incident is not deleted. */
export function presentNote(id: number): SQL | undefined {
  const ofIncident = and(eq(incidents.id, notes.incidentId), isNull(incidents.deletedAt));
  return and(eq(notes.id, id), sql`EXISTS (SELECT 1 FROM ${incidents} WHERE ${ofIncident})`);
}

/** The audit target of a row of `notes`, for the statements of a batch that read it. */
export const noteTarget = sql`'incident:' || ${notes.incidentId} || '/note:' || ${notes.id}`;
