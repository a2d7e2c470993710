import { createRoute } from '@tanstack/react-router';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';

const homeRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/',
  component: lazyPage(() => import('./admin-page.tsx'), 'AdminPage'),
});

export const adminRoutes = [homeRoute] as const;
