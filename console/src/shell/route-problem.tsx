import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { untilReachable } from '../api/reachability.ts';
import { buttonClasses } from '../ui/button.tsx';
import { ProblemState } from '../ui/problem-state.tsx';
import { Page } from './page.tsx';

/** Stands in for a page that could not be shown. One that waited for the connection tries again by itself. */
export function RouteProblem({ error }: ErrorComponentProps) {
  const router = useRouter();
  const waits = error instanceof ApiProblem && error.status === 0;
  useEffect(() => {
    if (!waits) return;
    void untilReachable().then(() => router.invalidate());
  }, [waits, router]);
  return (
    <Page title={error instanceof ApiProblem ? error.title : 'This page failed'} hideTitle>
      <ProblemState
        error={error}
        onRetry={() => (error instanceof ApiProblem ? void router.invalidate() : location.reload())}
      >
        <Link to="/" className={buttonClasses({})}>
          Go to the overview
        </Link>
      </ProblemState>
    </Page>
  );
}
