import { createRoute } from '@hono/zod-openapi';
import { answerAttachment, attachment } from '../http/attachment.ts';
import { guard } from '../http/authorize.ts';
import { problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { exportAlerts } from './export-alerts.ts';
import { ALERT_COLUMNS, alertExportQuery } from './export-contract.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/alerts/export',
  tags: ['Alerts'],
  summary: 'Export alerts',
  description:
    'All alerts that the list would show for these filters, in its order, streamed as a file. NDJSON has an alert a ' +
    `line as the list shows it, with its event. CSV (RFC 4180, UTF-8) has the columns ${ALERT_COLUMNS.join(', ')}: ` +
    '`source`, `event_type` and `description` are of its event, what is null is empty, and a cell that a spreadsheet ' +
    'would run as a formula starts with an apostrophe. A connection that breaks off means that the file is not whole.',
  operationId: 'exportAlerts',
  ...guard('alert.read'),
  request: { query: alertExportQuery },
  responses: { 200: attachment('The alerts, streamed.', ['ndjson', 'csv']), ...problems(400, 401, 403, 503) },
});

export const alertExportRoutes = newRouter().openapi(exportRoute, async (c) => {
  const input = c.req.valid('query');
  const parts = await exportAlerts({ ctx: contextOf(c), input });
  return answerAttachment(c, { name: 'alerts', format: input.format, parts });
});
