import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ForbiddenError, NotFoundError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import type { Note, NoteInput } from './contract.ts';
import { noteTarget, presentNote } from './get-note.ts';
import { noteRevisions, notes } from './table.ts';

/**
 * Changes what a note says, by its author. What it said before goes into its history in the same batch, so that of two
 * edits at once neither is lost. An edit that changes nothing writes nothing.
 */
export async function editNote({ ctx, input }: Call<NoteInput & { id: number }>): Promise<Note> {
  authorize(ctx.actor, 'note.edit');
  const { id, body } = input;
  const { username } = requirePerson(ctx);
  const set = { body, editedAt: ctx.clock() };
  const where = and(presentNote(id), eq(notes.author, username), ne(notes.body, body));
  const [, , [edited], [found]] = await ctx.db.batch([
    auditChange(ctx, { table: notes, where, set, action: 'note.edit', target: noteTarget }),
    keepRevision(ctx, { where, replacedAt: set.editedAt }),
    ctx.db.update(notes).set(set).where(where).returning(),
    ctx.db.select().from(notes).where(presentNote(id)),
  ]);
  if (edited) return edited;
  if (!found) throw new NotFoundError('note');
  if (found.author !== username) throw new ForbiddenError('note.edit');
  return found;
}

function keepRevision({ db }: Context, { where, replacedAt }: { where: SQL | undefined; replacedAt: Date }) {
  const revision = selectInto(noteRevisions, {
    values: {
      noteId: sql`${notes.id}`,
      body: sql`${notes.body}`,
      writtenAt: sql`coalesce(${notes.editedAt}, ${notes.createdAt})`,
      replacedAt: replacedAt.getTime(),
    },
    from: sql`FROM ${notes} WHERE ${where}`,
  });
  return db.insert(noteRevisions).select(revision);
}
