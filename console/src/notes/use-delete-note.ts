import { client } from '../api/client.ts';
import { useChange } from '../kit/use-change.ts';
import { dropNote, hideNote, type Note, refreshTimeline } from './note-queries.ts';

/** Deletes a note for good, some seconds later: until then it can be undone. */
export function useDeleteNote(): (note: Note) => Promise<boolean> {
  const { change } = useChange<Note, unknown>({
    send: ({ id }) => client.DELETE('/notes/{id}', { params: { path: { id } }, keepalive: true }),
    show: hideNote,
    settle: (_, note) => {
      dropNote(note);
      refreshTimeline(note.incident_id);
    },
    says: () => 'Note deleted',
    undo: 'hold',
  });
  return change;
}
