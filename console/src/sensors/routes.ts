import { createRoute } from '@tanstack/react-router';
import { idParam, textParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import type { SensorSearch } from './sensor-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'sensors',
  validateSearch: (raw: Record<string, unknown>): SensorSearch => ({
    search: textParam(raw, 'search'),
    enabled: typeof raw.enabled === 'boolean' ? raw.enabled : undefined,
    preview: idParam(raw, 'preview'),
    new: raw.new === true ? true : undefined,
  }),
  component: lazyPage(() => import('./sensors-page.tsx'), 'SensorsPage'),
});

export const sensorRoutes = [listRoute] as const;
