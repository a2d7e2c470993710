import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { isOverload } from './reachability.ts';

const MAX_RETRIES = 4;
const MAX_WAIT_S = 60;

/** Worth another try by itself: the quota comes back, an overload passes, and a lost connection is waited for. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  const { status, retryAfter = 0 } = error;
  return (status === 0 || status === 429 || isOverload(status)) && retryAfter <= MAX_WAIT_S;
}

const retryDelay = (failures: number, error: unknown) =>
  error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : 1000 * 2 ** failures;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
      retryDelay,
    },
    mutations: {
      // A 429 was refused before anything was done. Of a 503 nobody knows, so the person decides.
      retry: (failures, error) => failures < MAX_RETRIES && isPassing(error) && (error as ApiProblem).status === 429,
      retryDelay,
    },
  },
});
