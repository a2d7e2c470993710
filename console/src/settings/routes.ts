import { createRoute } from '@tanstack/react-router';
import { textParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';

const settingsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'settings',
  validateSearch: (raw: Record<string, unknown>): { search?: string | undefined } => ({
    search: textParam(raw, 'search'),
  }),
  component: lazyPage(() => import('./settings-page.tsx'), 'SettingsPage'),
});

export const settingsRoutes = [settingsRoute] as const;
