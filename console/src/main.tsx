import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/api-problem.ts';
import { queryClient } from './api/query-client.ts';
import { watchConnection } from './api/reachability.ts';
import { router } from './router.ts';
import { leadToEnrolment } from './session/lead-to-enrolment.ts';
import './styles.css';

watchConnection();
leadToEnrolment({ queryClient, go: () => void router.navigate({ to: '/enrol' }) });

const root = document.getElementById('console');
if (!root) throw new Error('index.html has no #console');
// A problem that the API told is shown on the page; only what we did not foresee is for the log.
const onCaughtError = (error: unknown) => {
  if (!(error instanceof ApiProblem)) reportError(error);
};
createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
