import { createRoute } from '@tanstack/react-router';
import { PERMISSIONS } from '../../../src/identity/permissions.ts';
import { ApiProblem } from '../api/api-problem.ts';
import { queryClient } from '../api/query-client.ts';
import { selfQuery } from '../session/session.ts';
import { ADMIN_PLACES } from './admin-places.ts';
import { appRoute } from './app-route.tsx';
import { lazyPage } from './lazy-page.ts';
import { RouteProblem } from './route-problem.tsx';

/** The parent of every page of `ADMIN_PLACES`. Who may not see one is told so, as the API would. */
export const adminRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'admin',
  component: lazyPage(() => import('../admin/admin-frame.tsx'), 'AdminFrame'),
  errorComponent: RouteProblem,
  beforeLoad: async ({ location }) => {
    const { role } = await queryClient.ensureQueryData(selfQuery);
    const place = ADMIN_PLACES.find(({ to }) => `${location.pathname}/`.startsWith(`${to}/`));
    const allowed: readonly string[] = place ? PERMISSIONS[place.permission] : ['admin'];
    if (allowed.includes(role)) return;
    throw new ApiProblem({
      type: '#forbidden',
      status: 403,
      title: 'Not allowed',
      detail: 'These pages are for admins.',
    });
  },
});
