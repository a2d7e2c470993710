import { createRoute } from '@hono/zod-openapi';
import { answerAttachment, attachment } from '../http/attachment.ts';
import { guard } from '../http/authorize.ts';
import { problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { INCIDENT_COLUMNS, incidentExportQuery } from './export-contract.ts';
import { exportIncidents } from './export-incidents.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/incidents/export',
  tags: ['Incidents'],
  summary: 'Export incidents',
  description:
    'All incidents that the list would show for these filters, in its order, streamed as a file. NDJSON has an incident ' +
    `a line as the list shows it. CSV (RFC 4180, UTF-8) has the columns ${INCIDENT_COLUMNS.join(', ')}: \`tags\` are ` +
    'separated by semicolons, what is null is empty, and a cell that a spreadsheet would run as a formula starts with ' +
    'an apostrophe. The CSV can be imported again. A connection that breaks off means that the file is not whole.',
  operationId: 'exportIncidents',
  ...guard('incident.read'),
  request: { query: incidentExportQuery },
  responses: { 200: attachment('The incidents, streamed.', ['ndjson', 'csv']), ...problems(400, 401, 403, 503) },
});

export const incidentExportRoutes = newRouter().openapi(exportRoute, async (c) => {
  const input = c.req.valid('query');
  const parts = await exportIncidents({ ctx: contextOf(c), input });
  return answerAttachment(c, { name: 'incidents', format: input.format, parts });
});
