import { createRoute, z } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { countEvents } from '../http/rate-limit.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { eventPage, eventPatch, eventQuery, eventReplacement, eventView, newEvent, viewEvent } from './contract.ts';
import { deleteEvent } from './delete-event.ts';
import { getEvent } from './get-event.ts';
import { listEvents } from './list-events.ts';
import { patchEvent } from './patch-event.ts';
import { postEvent } from './post-event.ts';
import { replaceEvent } from './replace-event.ts';

const tags = ['Events'];

const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(
      /^(?:"[\x21\x23-\x7e]{1,255}"|[\x21\x23-\x7e]{1,255})$/,
      'must be 1 to 255 visible ASCII characters, quoted or not',
    )
    .transform((value) => value.replaceAll('"', ''))
    .optional()
    .openapi({ type: 'string', description: 'Makes a retry answer what was stored the first time. Any unique text.' }),
});

const replayedHeader = {
  'Idempotency-Replayed': {
    description: 'Present and `true` when this answers an event that was stored before.',
    schema: { type: 'string' as const },
  },
  Location: { description: 'Where the event is.', schema: { type: 'string' as const } },
};

const postRoute = createRoute({
  method: 'post',
  path: '/events',
  tags,
  summary: 'Post an event',
  description:
    'A 201 means that it is stored. High and Critical events have their alert within seconds. Sent again with the ' +
    'same `external_id` or Idempotency-Key it is not stored twice. Body at most 64 KB, attributes at most 16 KB.',
  operationId: 'postEvent',
  ...guard('event.post'),
  request: { headers: idempotencyHeader, body: jsonBody(newEvent) },
  responses: {
    201: { ...json(eventView, 'The event as stored.'), headers: replayedHeader },
    ...problems(400, 401, 403, 413, 415, 422, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/events',
  tags,
  summary: 'List events',
  description:
    'Newest first. Those of an `alert` or a `silence` are found by an index; with other filters a page by cursor looks at ' +
    '5,000 events at most and may be short: go on with `next_cursor`. What is older than `EVENT_RETENTION_DAYS` is in the ' +
    'cold store (`/events/cold-store`), but for events that alerts show.',
  operationId: 'listEvents',
  ...guard('event.read'),
  request: { query: eventQuery },
  responses: { 200: json(eventPage, 'A page of events.'), ...problems(400, 401, 403, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/events/{id}',
  tags,
  summary: 'Get an event',
  description:
    'Of one that moved to the cold store the 404 says in `detail` in which object it is; an admin can download it.',
  operationId: 'getEvent',
  ...guard('event.read'),
  request: { params: idParams },
  responses: { 200: json(eventView, 'The event.'), ...problems(400, 401, 403, 404, 503) },
});

const putRoute = createRoute({
  method: 'put',
  path: '/events/{id}',
  tags,
  summary: 'Replace an event',
  description:
    'What is not given becomes empty. Raised to High or Critical, the event gets its alert. One that has an alert keeps its ' +
    '`dedup_key`: by it the alert finds its events.',
  operationId: 'replaceEvent',
  ...guard('event.change'),
  request: { params: idParams, body: jsonBody(eventReplacement) },
  responses: { 200: json(eventView, 'The event as it is now.'), ...problems(400, 401, 403, 404, 409, 413, 415, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/events/{id}',
  tags,
  summary: 'Change fields of an event',
  description:
    'A merge patch (RFC 7396): attributes merge, and null removes one. The `dedup_key` of an event that has an alert ' +
    'stays.',
  operationId: 'patchEvent',
  ...guard('event.change'),
  request: { params: idParams, body: jsonBody(eventPatch) },
  responses: { 200: json(eventView, 'The event as it is now.'), ...problems(400, 401, 403, 404, 409, 413, 415, 503) },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/events/{id}',
  tags,
  summary: 'Delete an event',
  description:
    'Its alert goes with it, unless that has other events. The audit log keeps both. What was copied to the cold store before stays there. 409 for ' +
    'the newest event while all others are there: its id would be given again.',
  operationId: 'deleteEvent',
  ...guard('event.change'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 409, 503) },
});

export const eventRoutes = newRouter()
  .openapi(postRoute, async (c) => {
    const idempotencyKey = c.req.valid('header')['idempotency-key'];
    const input = { event: c.req.valid('json'), idempotencyKey };
    await countEvents(c, 1);
    const { event, replayed } = await postEvent({ ctx: contextOf(c), input });
    c.header('Location', `/api/v1/events/${event.id}`);
    if (replayed) c.header('Idempotency-Replayed', 'true');
    return c.json(viewEvent(event), 201);
  })
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listEvents({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewEvent }), 200);
  })
  .openapi(getRoute, async (c) => {
    const event = await getEvent({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewEvent(event), 200);
  })
  .openapi(putRoute, async (c) => {
    const input = { ...c.req.valid('param'), replacement: c.req.valid('json') };
    return c.json(viewEvent(await replaceEvent({ ctx: contextOf(c), input })), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewEvent(await patchEvent({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteEvent({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
