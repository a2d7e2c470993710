import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { countAlertFacets } from './count-alert-facets.ts';
import { alertFacetQuery, alertFacets } from './facet-contract.ts';

const facetRoute = createRoute({
  method: 'get',
  path: '/alerts/facets',
  tags: ['Alerts'],
  summary: 'Count alerts by what they can be filtered by',
  description:
    'Of the alerts that the list would show for these filters: how many there are of each status and severity, and of ' +
    'the ten most frequent sources, types and assignees. It looks at the newest 10,000 that the index of the list leads ' +
    'to and says in `complete` whether that was all.',
  operationId: 'countAlertFacets',
  ...guard('alert.read'),
  request: { query: alertFacetQuery },
  responses: { 200: json(alertFacets, 'The counts.'), ...problems(400, 401, 403, 503) },
});

export const alertFacetRoutes = newRouter().openapi(facetRoute, async (c) => {
  return c.json(await countAlertFacets({ ctx: contextOf(c), input: c.req.valid('query') }), 200);
});
