import { newRouter } from '../http/router.ts';
import { alertBulkRoutes } from './bulk-routes.ts';
import { alertEventRoutes } from './event-routes.ts';
import { alertExportRoutes } from './export-routes.ts';
import { alertFacetRoutes } from './facet-routes.ts';
import { alertRoutes } from './routes.ts';

/** Alerts, one and many, their events, and their ties to incidents. `/alerts/export` and the like must stand before `/alerts/{id}`. */
export const alertApi = newRouter()
  .route('/', alertExportRoutes)
  .route('/', alertFacetRoutes)
  .route('/', alertRoutes)
  .route('/', alertEventRoutes)
  .route('/', alertBulkRoutes);
