import type { z } from '@hono/zod-openapi';
import { facetQueryOf, facetsOf } from '../http/facets.ts';
import { checkListQuery } from '../http/pagination.ts';
import { alertQuery } from './contract.ts';

export const alertFacetQuery = facetQueryOf(alertQuery).superRefine(checkListQuery);

export type AlertFacetQuery = z.output<typeof alertFacetQuery>;

export const alertFacets = facetsOf(['status', 'severity', 'source', 'event_type', 'assignee']).openapi('AlertFacets');

export type AlertFacets = z.output<typeof alertFacets>;
