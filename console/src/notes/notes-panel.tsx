import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { useStore } from '../core/store.ts';
import { EndlessFoot } from '../kit/endless-foot.tsx';
import { useActions } from '../kit/use-actions.ts';
import { useCursorList } from '../kit/use-cursor-list.ts';
import { NoteForm } from './note-form.tsx';
import { NoteItem } from './note-item.tsx';
import { keepNote, leavingNotes, loadNotes, type Note, notesKey, refreshTimeline } from './note-queries.ts';

/** The notes of an incident, newest first, below the field for the next one. `n` goes there. */
export function NotesPanel({ id }: { id: number }) {
  const panel = useRef<HTMLDivElement>(null);
  const [written, setWritten] = useState(0);
  const found = useCursorList<Note>({
    queryKey: notesKey(id),
    load: (cursor, signal) => loadNotes(id, { cursor, signal }),
  });
  const leaving = useStore(leavingNotes);
  const notes = found.rows.filter((note) => !leaving.has(note.id));
  const adding = useMutation({
    mutationFn: (body: string) =>
      answerOf(client.POST('/incidents/{id}/notes', { params: { path: { id } }, body: { body } })),
    onSuccess: (note) => {
      keepNote(note);
      refreshTimeline(id);
      setWritten((count) => count + 1);
    },
  });
  useActions('Notes', [
    { label: 'Write a note', keys: 'n', run: () => panel.current?.querySelector('textarea')?.focus() },
  ]);
  return (
    <div ref={panel} className="space-y-4">
      {/* A new form for each note: the last one was sent. */}
      <NoteForm
        key={written}
        label="Write a note"
        action="Add note"
        error={adding.error}
        isBusy={adding.isPending}
        onSubmit={(body) => adding.mutate(body)}
      />
      {found.isSuccess && notes.length === 0 && <p className="py-6 text-center text-muted">No notes yet.</p>}
      <ul className="space-y-3">
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} />
        ))}
      </ul>
      <EndlessFoot list={found} />
    </div>
  );
}
