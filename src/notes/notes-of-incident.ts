import { inArray, type SQLWrapper } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { noteRevisions, notes } from './table.ts';

/** The statements that delete the notes of incidents, with their histories. `ids` is SQL for the incidents. Unexecuted. */
export function deleteNotesOf(db: Db, ids: SQLWrapper) {
  const theirs = inArray(notes.incidentId, ids);
  const noteIds = db.select({ id: notes.id }).from(notes).where(theirs);
  return [
    db.delete(noteRevisions).where(inArray(noteRevisions.noteId, noteIds)),
    db.delete(notes).where(theirs),
  ] as const;
}
