import { CircleAlert, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { BulkState } from './use-triage-many.ts';

type Props = { state: BulkState; onOpen: (id: number) => void; onDismiss: () => void };

/** How far a change of many has come; afterwards those for which it could not be done, and why. */
export function BulkOutcome({ state, onOpen, onDismiss }: Props) {
  const { label, progress, failures, left } = state;
  if (progress !== null) {
    return (
      <section aria-label="Progress" className="shrink-0 space-y-1 border-t border-line px-4 py-2">
        <p>{label}</p>
        <ProgressBar label={label} value={progress} />
      </section>
    );
  }
  return (
    <section aria-label="What could not be done" className="shrink-0 border-t border-line bg-raised px-4 py-2">
      <div className="flex items-center gap-2">
        <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
        <p role="alert" className="mr-auto">
          <span className="font-medium">{label}</span>
          {failures.length > 0 && `, but not ${failures.length} of them`}
          {left && ', and some were not reached: do it once more'}.
        </p>
        <Button look="quiet" size="icon" aria-label="Dismiss" title="Dismiss (Esc)" onClick={onDismiss}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      {failures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <ul tabIndex={0} aria-label="Failures" className="max-h-32 overflow-y-auto">
          {failures.map(({ id, reason }) => (
            <li key={id} className="flex gap-2 py-0.5">
              <button type="button" onClick={() => onOpen(id)} className="shrink-0 tabular-nums underline">
                Alert {id}
              </button>
              <span className="min-w-0 break-words text-muted">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
