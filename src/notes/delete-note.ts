import { and, eq, inArray } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ForbiddenError, NotFoundError } from '../core/errors.ts';
import { authorize, isAllowed } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { noteTarget, presentNote } from './get-note.ts';
import { noteRevisions, notes } from './table.ts';

/** Deletes a note and its history, by its author or an admin. The audit log keeps what it said. */
export async function deleteNote({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'note.delete');
  const { db } = ctx;
  const present = presentNote(input.id);
  const isTheirs = eq(notes.author, requirePerson(ctx).username);
  const where = and(present, isAllowed(ctx.actor, 'note.delete_any') ? undefined : isTheirs);
  const ids = db.select({ id: notes.id }).from(notes).where(where);
  const [, , [deleted], [left]] = await db.batch([
    auditChange(ctx, { table: notes, where, action: 'note.delete', target: noteTarget }),
    db.delete(noteRevisions).where(inArray(noteRevisions.noteId, ids)),
    db.delete(notes).where(where).returning({ id: notes.id }),
    db.select({ id: notes.id }).from(notes).where(present),
  ]);
  if (left) throw new ForbiddenError('note.delete_any');
  if (!deleted) throw new NotFoundError('note');
}
