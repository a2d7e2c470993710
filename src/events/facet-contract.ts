import type { z } from '@hono/zod-openapi';
import { facetQueryOf, facetsOf } from '../http/facets.ts';
import { checkListQuery } from '../http/pagination.ts';
import { eventQuery } from './contract.ts';

export const eventFacetQuery = facetQueryOf(eventQuery).superRefine(checkListQuery);

export type EventFacetQuery = z.output<typeof eventFacetQuery>;

export const eventFacets = facetsOf(['severity', 'source', 'event_type']).openapi('EventFacets');

export type EventFacets = z.output<typeof eventFacets>;
