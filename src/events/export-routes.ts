import { createRoute } from '@hono/zod-openapi';
import { answerAttachment, attachment } from '../http/attachment.ts';
import { guard } from '../http/authorize.ts';
import { problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { EVENT_COLUMNS, eventExportQuery } from './export-contract.ts';
import { exportEvents } from './export-events.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/events/export',
  tags: ['Events'],
  summary: 'Export events',
  description:
    'All events that the list would show for these filters, in its order, streamed as a file. NDJSON has an event a ' +
    `line as the list shows it. CSV (RFC 4180, UTF-8) has the columns ${EVENT_COLUMNS.join(', ')}: \`attributes\` is ` +
    'JSON, what is null is empty, and a cell that a spreadsheet would run as a formula starts with an apostrophe. A ' +
    'connection that breaks off means that the file is not whole.',
  operationId: 'exportEvents',
  ...guard('event.read'),
  request: { query: eventExportQuery },
  responses: { 200: attachment('The events, streamed.', ['ndjson', 'csv']), ...problems(400, 401, 403, 503) },
});

export const eventExportRoutes = newRouter().openapi(exportRoute, async (c) => {
  const input = c.req.valid('query');
  const parts = await exportEvents({ ctx: contextOf(c), input });
  return answerAttachment(c, { name: 'events', format: input.format, parts });
});
