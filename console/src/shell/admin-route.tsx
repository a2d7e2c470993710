import { createRoute, Outlet } from '@tanstack/react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { queryClient } from '../api/query-client.ts';
import { selfQuery } from '../session/session.ts';
import { appRoute } from './app-route.tsx';
import { RouteProblem } from './route-problem.tsx';

/** The parent of every page for admins. Others are told so, as the API would. */
export const adminRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'admin',
  component: Outlet,
  errorComponent: RouteProblem,
  beforeLoad: async () => {
    const { role } = await queryClient.ensureQueryData(selfQuery);
    if (role === 'admin') return;
    throw new ApiProblem({
      type: '#forbidden',
      status: 403,
      title: 'Not allowed',
      detail: 'These pages are for admins.',
    });
  },
});
