import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';

type Options = { queryClient: QueryClient; go: () => void };

/** Leads admins who have to enrol a second factor first to where they can, whichever request told them. */
export function leadToEnrolment({ queryClient, go }: Options): void {
  const look = (event: { type: string; action?: { type: string; error?: unknown } }) => {
    const error = event.type === 'updated' && event.action?.type === 'error' ? event.action.error : undefined;
    if (error instanceof ApiProblem && error.code === 'totp_enrolment_required') go();
  };
  queryClient.getQueryCache().subscribe(look);
  queryClient.getMutationCache().subscribe(look);
}
