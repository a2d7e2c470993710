import { newRouter } from '../http/router.ts';
import { retentionRoutes } from '../retention/routes.ts';
import { eventBatchRoutes } from './batch-routes.ts';
import { eventExportRoutes } from './export-routes.ts';
import { eventFacetRoutes } from './facet-routes.ts';
import { eventRoutes } from './routes.ts';

/** Events, where they are now and where old ones went. `/events/export` and the like must stand before `/events/{id}`. */
export const eventApi = newRouter()
  .route('/', eventExportRoutes)
  .route('/', eventFacetRoutes)
  .route('/', retentionRoutes)
  .route('/', eventRoutes)
  .route('/', eventBatchRoutes);
