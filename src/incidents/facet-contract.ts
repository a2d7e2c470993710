import type { z } from '@hono/zod-openapi';
import { facetQueryOf, facetsOf } from '../http/facets.ts';
import { checkIncidentQuery, incidentQuery } from './list-contract.ts';

export const incidentFacetQuery = facetQueryOf(incidentQuery).superRefine(checkIncidentQuery);

export type IncidentFacetQuery = z.output<typeof incidentFacetQuery>;

export const incidentFacets = facetsOf(['status', 'severity', 'service', 'assignee', 'tag']).openapi('IncidentFacets');

export type IncidentFacets = z.output<typeof incidentFacets>;
