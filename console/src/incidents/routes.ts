import { createRoute } from '@tanstack/react-router';
import { openDefaultView } from '../kit/open-default-view.ts';
import { choicesParam, textParam } from '../kit/search-params.ts';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { INCIDENT_SEVERITIES, INCIDENT_STATUSES } from './incident-queries.ts';
import { INCIDENT_TABS, type IncidentSearch, type IncidentTab } from './incident-search.ts';

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'incidents',
  validateSearch: (raw: Record<string, unknown>): IncidentSearch => ({
    severity: choicesParam(raw, { name: 'severity', values: INCIDENT_SEVERITIES }),
    status: choicesParam(raw, { name: 'status', values: INCIDENT_STATUSES }),
    tag: textParam(raw, 'tag'),
    service: textParam(raw, 'service'),
    assignee: textParam(raw, 'assignee'),
    search: textParam(raw, 'search'),
    shelf: raw.shelf === 'archived' || raw.shelf === 'deleted' ? raw.shelf : undefined,
    new: raw.new === true ? true : undefined,
  }),
  beforeLoad: openDefaultView('incidents', '/incidents'),
  component: lazyPage(() => import('./incidents-page.tsx'), 'IncidentsPage'),
});

const detailRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'incidents/$id',
  validateSearch: (raw: Record<string, unknown>): { tab?: IncidentTab | undefined } => ({
    tab: INCIDENT_TABS.find((tab) => tab === raw.tab),
  }),
  component: lazyPage(() => import('./incident-page.tsx'), 'IncidentPage'),
});

export const incidentRoutes = [listRoute, detailRoute] as const;
