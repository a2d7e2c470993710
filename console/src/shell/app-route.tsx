import { createRoute } from '@tanstack/react-router';
import { requireSession } from '../session/require-session.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { rootRoute } from './root-route.tsx';
import { RouteProblem } from './route-problem.tsx';
import { Shell } from './shell.tsx';

/** The parent of every page for people who are signed in. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Shell,
  errorComponent: RouteProblem,
  notFoundComponent: NotFoundPage,
  beforeLoad: requireSession,
});
