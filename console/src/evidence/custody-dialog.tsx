import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { TimeText } from '../kit/time-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { Evidence } from './evidence-queries.ts';

const MOST = 100;

/** Who uploaded a file and who has downloaded it since, newest first. */
export function CustodyDialog({ file: { id, filename }, onClose }: { file: Evidence; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence', id, 'custody'],
    queryFn: ({ signal }) => {
      const query = { limit: MOST, sort_order: 'desc' as const };
      return answerOf(client.GET('/evidence/{id}/custody', { params: { path: { id }, query }, signal }));
    },
    staleTime: 0,
  });
  return (
    <Dialog onClose={onClose} title={`Custody of ${filename}`}>
      {error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <ProgressBar label="Loading who had the file" />}
      <ol className="space-y-2">
        {data?.data.map((entry) => (
          <li key={entry.id} className="flex flex-wrap gap-x-2">
            <span className="font-medium">{entry.actor.replace(/^user:/, '')}</span>
            {entry.action}
            {entry.range && <span className="text-muted">{entry.range}</span>}
            <TimeText time={entry.timestamp} className="ml-auto text-muted" />
          </li>
        ))}
      </ol>
      {data?.next_cursor && <p className="mt-3 text-muted">The latest {MOST}. The audit log has the others.</p>}
    </Dialog>
  );
}
