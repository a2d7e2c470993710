import { createRoute } from '@tanstack/react-router';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';

const profileRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'profile',
  component: lazyPage(() => import('./profile-page.tsx'), 'ProfilePage'),
});

export const profileRoutes = [profileRoute] as const;
