import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { Markdown } from '../kit/markdown.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { Note } from './note-queries.ts';

const MOST = 100;

/** What a note said before each edit, newest first. */
export function NoteHistory({ note: { id, edited_at }, onClose }: { note: Note; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['note', id, 'history', edited_at],
    queryFn: ({ signal }) =>
      answerOf(client.GET('/notes/{id}/history', { params: { path: { id }, query: { limit: MOST } }, signal })),
  });
  return (
    <Dialog onClose={onClose} title="What the note said before" wide>
      {error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <ProgressBar label="Loading the history" />}
      <ol className="space-y-4">
        {data?.data.map(({ body, written_at, replaced_at }) => (
          <li key={replaced_at} className="space-y-1">
            <p className="text-xs text-muted">
              Written <TimeText time={written_at} />, replaced <TimeText time={replaced_at} />
            </p>
            <Markdown text={body} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
