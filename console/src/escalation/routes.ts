import { createRoute } from '@tanstack/react-router';
import { idParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import type { PolicySearch } from './policy-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'escalation-policies',
  validateSearch: (raw: Record<string, unknown>): PolicySearch => ({
    new: raw.new === true ? true : undefined,
    edit: idParam(raw, 'edit'),
    try: raw.try === true ? true : undefined,
  }),
  component: lazyPage(() => import('./policies-page.tsx'), 'PoliciesPage'),
});

export const escalationRoutes = [listRoute] as const;
