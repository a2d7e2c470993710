import { createRoute } from '@tanstack/react-router';
import { idParam, textParam, timeParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import type { AuditSearch } from './audit-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'audit-log',
  validateSearch: (raw: Record<string, unknown>): AuditSearch => ({
    actor: textParam(raw, 'actor'),
    action: textParam(raw, 'action'),
    target: textParam(raw, 'target'),
    request_id: textParam(raw, 'request_id'),
    from: timeParam(raw, 'from'),
    to: timeParam(raw, 'to'),
    preview: idParam(raw, 'preview'),
    open: raw.open === 'filter' || raw.open === 'verify' ? raw.open : undefined,
  }),
  component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
});

export const auditRoutes = [listRoute] as const;
