import { createRoute } from '@tanstack/react-router';
import { openDefaultView } from '../kit/open-default-view.ts';
import { choicesParam, idParam, textParam, timeParam } from '../kit/search-params.ts';
import { appRoute } from '../shell/app-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { ALERT_MARK_NAMES, type AlertSearch } from './alert-search.ts';
import { ALERT_STATUSES, SEVERITIES } from './alert-values.ts';

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'alerts',
  validateSearch: (raw: Record<string, unknown>): AlertSearch => ({
    severity: choicesParam(raw, { name: 'severity', values: SEVERITIES }),
    status: choicesParam(raw, { name: 'status', values: ALERT_STATUSES }),
    source: textParam(raw, 'source'),
    event_type: textParam(raw, 'event_type'),
    assignee: textParam(raw, 'assignee'),
    marks: choicesParam(raw, { name: 'marks', values: ALERT_MARK_NAMES }),
    search: textParam(raw, 'search'),
    dedup_key: textParam(raw, 'dedup_key'),
    incident: idParam(raw, 'incident'),
    from: timeParam(raw, 'from'),
    to: timeParam(raw, 'to'),
    preview: idParam(raw, 'preview'),
  }),
  beforeLoad: openDefaultView('alerts', '/alerts'),
  component: lazyPage(() => import('./alerts-page.tsx'), 'AlertsPage'),
});

const detailRoute = createRoute({
  getParentRoute: () => appRoute,
  path: 'alerts/$id',
  component: lazyPage(() => import('./alert-page.tsx'), 'AlertPage'),
});

export const alertRoutes = [listRoute, detailRoute] as const;
