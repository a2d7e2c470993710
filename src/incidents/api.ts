import { newRouter } from '../http/router.ts';
import { incidentExportRoutes } from './export-routes.ts';
import { incidentFacetRoutes } from './facet-routes.ts';
import { incidentImportRoutes } from './import-routes.ts';
import { incidentLifecycleRoutes } from './lifecycle-routes.ts';
import { incidentListRoutes } from './list-routes.ts';
import { incidentReportRoutes } from './report-routes.ts';
import { incidentRoutes } from './routes.ts';
import { tagRoutes } from './tag-routes.ts';
import { timelineRoutes } from './timeline-routes.ts';

/** Incidents and what is told of them. `/incidents/export` and the like must stand before `/incidents/{id}`. */
export const incidentApi = newRouter()
  .route('/', incidentExportRoutes)
  .route('/', incidentFacetRoutes)
  .route('/', incidentImportRoutes)
  .route('/', incidentReportRoutes)
  .route('/', incidentListRoutes)
  .route('/', incidentRoutes)
  .route('/', incidentLifecycleRoutes)
  .route('/', tagRoutes)
  .route('/', timelineRoutes);
