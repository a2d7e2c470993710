import { createRoute } from '@tanstack/react-router';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';

const reportRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'reports',
  component: lazyPage(() => import('./reports-page.tsx'), 'ReportsPage'),
});

export const reportRoutes = [reportRoute] as const;
