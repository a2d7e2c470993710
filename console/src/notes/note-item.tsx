import { useMutation } from '@tanstack/react-query';
import { History, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { answerOf, client } from '../api/client.ts';
import { Markdown } from '../kit/markdown.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { useMay, useSelf } from '../session/use-self.ts';
import { Button } from '../ui/button.tsx';
import { NoteForm } from './note-form.tsx';
import { NoteHistory } from './note-history.tsx';
import { keepNote, type Note, refreshTimeline } from './note-queries.ts';
import { useDeleteNote } from './use-delete-note.ts';

/** One note. Its author changes it in place; who may, deletes it; what it said before is there to read. */
export function NoteItem({ note }: { note: Note }) {
  const [isEditing, setIsEditing] = useState(false);
  const [showsHistory, setShowsHistory] = useState(false);
  const remove = useDeleteNote();
  const { username } = useSelf();
  const may = useMay();
  const isOwn = note.author === username;
  const editing = useMutation({
    mutationFn: (body: string) =>
      answerOf(client.PUT('/notes/{id}', { params: { path: { id: note.id } }, body: { body } })),
    onSuccess: (changed) => {
      keepNote(changed);
      refreshTimeline(note.incident_id);
      setIsEditing(false);
    },
  });
  const quiet = { look: 'quiet', size: 'small' } as const;
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
        <span className="font-medium text-text">{note.author}</span>
        <TimeText time={note.created_at} />
        {note.edited_at && (
          <Button {...quiet} aria-label={`History of note ${note.id}`} onClick={() => setShowsHistory(true)}>
            <History aria-hidden className="size-3.5" /> edited <TimeText time={note.edited_at} />
          </Button>
        )}
        <span className="ml-auto flex">
          {isOwn && (
            <Button {...quiet} aria-label={`Edit note ${note.id}`} title="Edit" onClick={() => setIsEditing(true)}>
              <Pencil aria-hidden className="size-3.5" />
            </Button>
          )}
          {(isOwn || may('note.delete_any')) && (
            <Button {...quiet} aria-label={`Delete note ${note.id}`} title="Delete" onClick={() => void remove(note)}>
              <Trash2 aria-hidden className="size-3.5" />
            </Button>
          )}
        </span>
      </div>
      {isEditing ? (
        <NoteForm
          label="Change the note"
          action="Save"
          text={note.body}
          error={editing.error}
          isBusy={editing.isPending}
          onSubmit={(body) => editing.mutate(body)}
          onCancel={() => setIsEditing(false)}
        />
      ) : (
        <Markdown text={note.body} />
      )}
      {showsHistory && <NoteHistory note={note} onClose={() => setShowsHistory(false)} />}
    </li>
  );
}
