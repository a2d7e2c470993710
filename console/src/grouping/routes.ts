import { createRoute } from '@tanstack/react-router';
import { idParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import type { GroupingSearch } from './grouping-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'grouping-rules',
  validateSearch: (raw: Record<string, unknown>): GroupingSearch => ({
    new: raw.new === true ? true : undefined,
    edit: idParam(raw, 'edit'),
  }),
  component: lazyPage(() => import('./grouping-rules-page.tsx'), 'GroupingRulesPage'),
});

export const groupingRoutes = [listRoute] as const;
