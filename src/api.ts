import { alertApi } from './alerts/api.ts';
import { auditRoutes } from './audit/routes.ts';
import { escalationRoutes } from './escalation/routes.ts';
import { eventApi } from './events/api.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { groupingRoutes } from './grouping/routes.ts';
import { healthRoutes } from './http/health.ts';
import { newRouter } from './http/router.ts';
import { identityApi } from './identity/api.ts';
import { incidentApi } from './incidents/api.ts';
import { liveRoutes } from './live/routes.ts';
import { noteRoutes } from './notes/routes.ts';
import { channelRoutes } from './notifications/channel-routes.ts';
import { deliveryRoutes } from './notifications/delivery-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { sensorRoutes } from './sensors/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { silenceApi } from './silences/api.ts';
import { viewRoutes } from './views/routes.ts';

/**
 * The contract: every route under `/api/v1`, for the API reference and for typed clients. The Worker does not load it
 * as a whole; which feature answers what is in `answer.ts`.
 */
export const api = newRouter()
  .route('/', identityApi)
  .route('/', eventApi)
  .route('/', alertApi)
  .route('/', incidentApi)
  .route('/', noteRoutes)
  .route('/', evidenceRoutes)
  .route('/', reportRoutes)
  .route('/', sensorRoutes)
  .route('/', channelRoutes)
  .route('/', deliveryRoutes)
  .route('/', groupingRoutes)
  .route('/', silenceApi)
  .route('/', escalationRoutes)
  .route('/', liveRoutes)
  .route('/', viewRoutes)
  .route('/', auditRoutes)
  .route('/', settingsRoutes)
  .route('/', healthRoutes);

const mounted = newRouter().route('/api/v1', api);

/** What `hc<Api>('https://…')` needs to know. */
export type Api = typeof mounted;
