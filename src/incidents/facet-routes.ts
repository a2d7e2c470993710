import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { countIncidentFacets } from './count-incident-facets.ts';
import { incidentFacetQuery, incidentFacets } from './facet-contract.ts';

const facetRoute = createRoute({
  method: 'get',
  path: '/incidents/facets',
  tags: ['Incidents'],
  summary: 'Count incidents by what they can be filtered by',
  description:
    'Of the incidents that the list would show for these filters: how many there are of each status and severity, and ' +
    'of the ten most frequent services, assignees and tags. It looks at the newest 10,000 that the index of the list ' +
    'leads to and says in `complete` whether that was all.',
  operationId: 'countIncidentFacets',
  ...guard('incident.read'),
  request: { query: incidentFacetQuery },
  responses: { 200: json(incidentFacets, 'The counts.'), ...problems(400, 401, 403, 503) },
});

export const incidentFacetRoutes = newRouter().openapi(facetRoute, async (c) => {
  return c.json(await countIncidentFacets({ ctx: contextOf(c), input: c.req.valid('query') }), 200);
});
