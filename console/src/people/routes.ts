import { createRoute } from '@tanstack/react-router';
import { idParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import { type PeopleSearch, ROLES } from './people-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'people',
  validateSearch: (raw: Record<string, unknown>): PeopleSearch => ({
    role: ROLES.find((role) => role === raw.role),
    disabled: typeof raw.disabled === 'boolean' ? raw.disabled : undefined,
    shelf: raw.shelf === 'invitations' ? raw.shelf : undefined,
    preview: idParam(raw, 'preview'),
    new: raw.new === true ? true : undefined,
  }),
  component: lazyPage(() => import('./people-page.tsx'), 'PeoplePage'),
});

export const peopleRoutes = [listRoute] as const;
