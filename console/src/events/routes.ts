import { createRoute } from '@tanstack/react-router';
import { openDefaultView } from '../kit/open-default-view.ts';
import { choicesParam, idParam, textParam, timeParam } from '../kit/search-params.ts';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { EVENT_SEVERITIES } from './event-queries.ts';
import type { EventSearch } from './event-search.ts';

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'events',
  validateSearch: (raw: Record<string, unknown>): EventSearch => ({
    severity: choicesParam(raw, { name: 'severity', values: EVENT_SEVERITIES }),
    source: textParam(raw, 'source'),
    event_type: textParam(raw, 'event_type'),
    search: textParam(raw, 'search'),
    dedup_key: textParam(raw, 'dedup_key'),
    alert: idParam(raw, 'alert'),
    silence: idParam(raw, 'silence'),
    from: timeParam(raw, 'from'),
    to: timeParam(raw, 'to'),
    by: raw.by === 'hour' || raw.by === 'week' ? raw.by : undefined,
    preview: idParam(raw, 'preview'),
  }),
  beforeLoad: openDefaultView('events', '/events'),
  component: lazyPage(() => import('./events-page.tsx'), 'EventsPage'),
});

const detailRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'events/$id',
  component: lazyPage(() => import('./event-page.tsx'), 'EventPage'),
});

export const eventRoutes = [listRoute, detailRoute] as const;
