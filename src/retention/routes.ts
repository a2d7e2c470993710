import { createRoute, z } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { reprDigest } from '../http/repr-digest.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { type EventObject, eventObjectPage, eventObjectQuery, viewEventObject } from './contract.ts';
import { downloadEventObject } from './download-event-object.ts';
import { listEventObjects } from './list-event-objects.ts';

const tags = ['Events'];

const listRoute = createRoute({
  method: 'get',
  path: '/events/cold-store',
  tags,
  summary: 'List the objects of the cold store',
  description:
    'Events older than `EVENT_RETENTION_DAYS` (90) move into Parquet files of one day (UTC) each, of 10,000 events at ' +
    'most. Lists, exports and searches of events do not see them any more; reports do, and those that an alert shows stay in ' +
    'both. This is the manifest, for admins: a file that is not listed here is no part of the store.',
  operationId: 'listEventObjects',
  ...guard('event_object.read'),
  request: { query: eventObjectQuery },
  responses: { 200: json(eventObjectPage, 'A page of objects.'), ...problems(400, 401, 403, 503) },
});

const PARQUET = 'application/vnd.apache.parquet';
const header = (description: string) => ({ description, schema: { type: 'string' as const } });
const binary = z.string().openapi({ type: 'string', format: 'binary' });

const contentRoute = createRoute({
  method: 'get',
  path: '/events/cold-store/{id}/content',
  tags,
  summary: 'Download an object of the cold store',
  description:
    'For admins. A Parquet file with the fields of events as they were when they moved, and with `submitted_by`, ' +
    '`request_id` and `ip`, which no event shows. Times are milliseconds in UTC, `attributes` and `origin` are JSON as ' +
    'text. Written into the audit log before it is sent.',
  operationId: 'downloadEventObject',
  ...guard('event_object.read'),
  request: { params: idParams },
  responses: {
    200: {
      description: 'The file, streamed.',
      headers: {
        'Content-Disposition': header('`attachment`, with a name to keep it under.'),
        'Repr-Digest': header('Its SHA-256 (RFC 9530).'),
      },
      content: { [PARQUET]: { schema: binary } } as Record<`text/${string}`, { schema: typeof binary }>,
    },
    ...problems(400, 401, 403, 404, 503),
  },
});

function headersOf({ day, firstId, bytes, sha256 }: EventObject) {
  return {
    'Content-Type': PARQUET,
    'Content-Length': String(bytes),
    'Content-Disposition': `attachment; filename="events-${day}-part-${firstId}.parquet"`,
    'Repr-Digest': reprDigest(sha256),
  };
}

export const retentionRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listEventObjects({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewEventObject }), 200);
  })
  .openapi(contentRoute, async (c) => {
    const { object, body } = await downloadEventObject({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(body, 200, headersOf(object));
  });
