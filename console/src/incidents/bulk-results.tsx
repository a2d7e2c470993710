import { CircleAlert, CircleCheck } from 'lucide-react';
import { Dialog } from '../ui/dialog.tsx';
import type { BulkResult } from './use-bulk-incidents.ts';

/** What became of each incident of a bulk change. */
export function BulkResults({ results, onClose }: { results: BulkResult[]; onClose: () => void }) {
  const done = results.filter(({ problem }) => problem === null).length;
  return (
    <Dialog onClose={onClose} title={`${done} of ${results.length} done`}>
      <ul className="space-y-2">
        {results.map(({ incident, problem }) => (
          <li key={incident.id} className="flex gap-2">
            {problem ? (
              <CircleAlert aria-label="Failed" className="mt-0.5 size-4 shrink-0 text-danger" />
            ) : (
              <CircleCheck aria-label="Done" className="mt-0.5 size-4 shrink-0 text-success" />
            )}
            <span className="min-w-0 break-words">
              #{incident.id} {incident.title}
              {problem && <span className="block text-muted">{problem}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
