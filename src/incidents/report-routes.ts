import { createRoute, z } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { printIncident } from './print-incident.ts';
import { reportPage } from './report-page.ts';

const reportRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}/report',
  tags: ['Incidents'],
  summary: 'Print an incident',
  description:
    'A page for paper and screen: the incident with its times and durations, and the first 500 each of its alerts, ' +
    'notes, files and entries of the timeline. Markdown stays text. The page runs no script and loads nothing. Who ' +
    'printed it stands on it and in the timeline.',
  operationId: 'printIncident',
  ...guard('incident.read'),
  request: { params: idParams },
  responses: {
    200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } },
    ...problems(400, 401, 403, 404, 503),
  },
});

export const incidentReportRoutes = newRouter().openapi(reportRoute, async (c) =>
  c.html(reportPage(await printIncident({ ctx: contextOf(c), input: c.req.valid('param') }))),
);
