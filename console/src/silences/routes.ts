import { createRoute } from '@tanstack/react-router';
import { idParam, textParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { SILENCE_STATES } from './silence-queries.ts';
import type { SilenceSearch } from './silence-search.ts';
import type { WindowSearch } from './window-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'silences',
  validateSearch: (raw: Record<string, unknown>): SilenceSearch => ({
    state: SILENCE_STATES.find((state) => state === raw.state),
    window: idParam(raw, 'window'),
    new: raw.new === true ? true : undefined,
    source: textParam(raw, 'source'),
    event_type: textParam(raw, 'event_type'),
    edit: idParam(raw, 'edit'),
  }),
  component: lazyPage(() => import('./silences-page.tsx'), 'SilencesPage'),
});

const windowsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'maintenance-windows',
  validateSearch: (raw: Record<string, unknown>): WindowSearch => ({
    new: raw.new === true ? true : undefined,
    edit: idParam(raw, 'edit'),
  }),
  component: lazyPage(() => import('./windows-page.tsx'), 'WindowsPage'),
});

export const silenceRoutes = [listRoute, windowsRoute] as const;
