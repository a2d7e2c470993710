import { createRoute } from '@tanstack/react-router';
import { idParam, textParam, timeParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { DELIVERY_KINDS, DELIVERY_STATES } from './delivery-queries.ts';
import type { DeliverySearch } from './delivery-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'deliveries',
  validateSearch: (raw: Record<string, unknown>): DeliverySearch => ({
    status: DELIVERY_STATES.find((status) => status === raw.status),
    channel: idParam(raw, 'channel'),
    kind: DELIVERY_KINDS.find((kind) => kind === raw.kind),
    subject: textParam(raw, 'subject'),
    from: timeParam(raw, 'from'),
    to: timeParam(raw, 'to'),
    preview: idParam(raw, 'preview'),
  }),
  component: lazyPage(() => import('./deliveries-page.tsx'), 'DeliveriesPage'),
});

export const deliveryRoutes = [listRoute] as const;
