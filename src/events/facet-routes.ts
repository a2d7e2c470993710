import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { countEventFacets } from './count-event-facets.ts';
import { eventFacetQuery, eventFacets } from './facet-contract.ts';

const facetRoute = createRoute({
  method: 'get',
  path: '/events/facets',
  tags: ['Events'],
  summary: 'Count events by what they can be filtered by',
  description:
    'Of the events that the list would show for these filters: how many there are of each severity, and of the ten most ' +
    'frequent sources and types. It looks at the newest 10,000 that the index of the list leads to and says in ' +
    '`complete` whether that was all.',
  operationId: 'countEventFacets',
  ...guard('event.read'),
  request: { query: eventFacetQuery },
  responses: { 200: json(eventFacets, 'The counts.'), ...problems(400, 401, 403, 503) },
});

export const eventFacetRoutes = newRouter().openapi(facetRoute, async (c) => {
  return c.json(await countEventFacets({ ctx: contextOf(c), input: c.req.valid('query') }), 200);
});
