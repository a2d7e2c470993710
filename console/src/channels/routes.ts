import { createRoute } from '@tanstack/react-router';
import { idParam } from '../kit/search-params.ts';
import { adminRoute } from '../shell/admin-route.tsx';
import { lazyPage } from '../shell/lazy-page.ts';
import type { ChannelSearch } from './channel-search.ts';

const listRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: 'channels',
  validateSearch: (raw: Record<string, unknown>): ChannelSearch => ({
    new: raw.new === true ? true : undefined,
    edit: idParam(raw, 'edit'),
  }),
  component: lazyPage(() => import('./channels-page.tsx'), 'ChannelsPage'),
});

export const channelRoutes = [listRoute] as const;
