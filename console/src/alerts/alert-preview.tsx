import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import { Button, buttonClasses } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { AlertDetail } from './alert-detail.tsx';
import type { AlertSearch } from './alert-search.ts';
import type { Alert } from './alert-values.ts';
import type { Triage } from './use-triage.ts';

type Props = {
  id: number;
  alert: Alert | undefined;
  error: Error | null;
  triage: Triage | undefined;
  onClose: () => void;
  onFilter: (change: Partial<AlertSearch>) => void;
};

/** One alert beside the list; on a phone, over it. */
export function AlertPreview({ id, alert, error, triage, onClose, onFilter }: Props) {
  return (
    <aside
      aria-label={`Alert ${id}`}
      className="flex min-w-0 flex-col border-line bg-canvas max-lg:absolute max-lg:inset-0 max-lg:z-30 lg:w-[28rem] lg:shrink-0 lg:border-l"
    >
      <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 className="mr-auto font-semibold">Alert {id}</h2>
        <Link
          to="/alerts/$id"
          params={{ id: String(id) }}
          aria-label="Open on a page of its own"
          title="Open on a page of its own"
          className={buttonClasses({ look: 'quiet', size: 'icon' })}
        >
          <Maximize2 aria-hidden className="size-4" />
        </Link>
        <Button look="quiet" size="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
        {alert && <AlertDetail key={id} alert={alert} triage={triage} onFilter={onFilter} />}
        {!alert && (error ? <ProblemState error={error} /> : <ProgressBar label="Loading the alert" />)}
      </div>
    </aside>
  );
}
