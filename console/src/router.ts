import { createRouter } from '@tanstack/react-router';
import { adminRoutes } from './admin/routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { channelRoutes } from './channels/routes.ts';
import { deliveryRoutes } from './deliveries/routes.ts';
import { escalationRoutes } from './escalation/routes.ts';
import { eventRoutes } from './events/routes.ts';
import { groupingRoutes } from './grouping/routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { profileRoutes } from './profile/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { sensorRoutes } from './sensors/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { adminRoute } from './shell/admin-route.tsx';
import { appRoute } from './shell/app-route.tsx';
import { rootRoute } from './shell/root-route.tsx';
import { silenceRoutes } from './silences/routes.ts';

const routeTree = rootRoute.addChildren([
  ...sessionRoutes,
  appRoute.addChildren([
    ...overviewRoutes,
    ...eventRoutes,
    ...alertRoutes,
    ...incidentRoutes,
    ...reportRoutes,
    ...profileRoutes,
    adminRoute.addChildren([
      ...adminRoutes,
      ...peopleRoutes,
      ...sensorRoutes,
      ...channelRoutes,
      ...deliveryRoutes,
      ...silenceRoutes,
      ...groupingRoutes,
      ...escalationRoutes,
      ...auditRoutes,
      ...settingsRoutes,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  // A page is fetched when the pointer or the focus comes to its link; its data is Query's concern.
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  scrollToTopSelectors: ['#content'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
