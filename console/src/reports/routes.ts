import { createRoute } from '@tanstack/react-router';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { reportParams } from './report-search.ts';

const reportRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'reports',
  validateSearch: reportParams,
  component: lazyPage(() => import('./reports-page.tsx'), 'ReportsPage'),
});

export const reportRoutes = [reportRoute] as const;
