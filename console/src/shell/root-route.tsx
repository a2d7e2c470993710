import { createRootRoute, type ErrorComponentProps } from '@tanstack/react-router';
import { NotFoundPage } from './not-found-page.tsx';
import { Root } from './root.tsx';
import { RouteProblem } from './route-problem.tsx';

/** The route above all. Its own 404 and failure stand alone: nobody may be signed in. */
export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: () => (
    <main className="h-full">
      <NotFoundPage />
    </main>
  ),
  errorComponent: (props: ErrorComponentProps) => (
    <main className="h-full">
      <RouteProblem {...props} />
    </main>
  ),
});
