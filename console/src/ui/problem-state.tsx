import { CircleAlert, CloudOff, Lock, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { EmptyState } from './empty-state.tsx';

type Props = { error: unknown; onRetry?: () => void; children?: ReactNode };

/** What stands where things would be when they could not be had, and under which id the log knows why. */
export function ProblemState({ error, onRetry, children }: Props) {
  const problem = error instanceof ApiProblem ? error : null;
  const detail = problem?.detail ?? 'Something failed in this page. Reload it; your work on the server is safe.';
  return (
    <div role="alert">
      <EmptyState
        icon={ICONS[problem?.status ?? 500] ?? CircleAlert}
        title={problem?.title ?? 'This page failed'}
        text={detail}
      >
        {onRetry && problem?.status !== 403 && <Button onClick={onRetry}>Try again</Button>}
        {children}
        {problem?.requestId && (
          <span className="flex w-full items-center justify-center gap-1 text-xs text-muted">
            Request id <code className="break-all">{problem.requestId}</code>
            <CopyButton text={problem.requestId} label="Copy the request id" />
          </span>
        )}
      </EmptyState>
    </div>
  );
}

const ICONS: Record<number, typeof Lock> = { 0: CloudOff, 403: Lock, 404: SearchX };
