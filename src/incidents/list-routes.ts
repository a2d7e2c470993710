import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { viewIncident } from './contract.ts';
import { incidentPage, incidentQuery } from './list-contract.ts';
import { listIncidents } from './list-incidents.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/incidents',
  tags: ['Incidents'],
  summary: 'List incidents',
  description:
    'Those at work, the archived or the deleted ones; newest first. By severity, `asc` begins with sev1. One index is ' +
    'followed; the other filters look at 5,000 incidents a page at most, so a page by cursor may be short: go on with ' +
    '`next_cursor`.',
  operationId: 'listIncidents',
  ...guard('incident.read'),
  request: { query: incidentQuery },
  responses: { 200: json(incidentPage, 'A page of incidents.'), ...problems(400, 401, 403, 503) },
});

export const incidentListRoutes = newRouter().openapi(listRoute, async (c) => {
  const input = c.req.valid('query');
  const found = await listIncidents({ ctx: contextOf(c), input });
  return c.json(answerPage(c, { found, limit: input.limit, view: viewIncident }), 200);
});
