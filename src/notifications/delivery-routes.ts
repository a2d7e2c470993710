import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  deliveryPage,
  deliveryQuery,
  deliveryView,
  replay,
  replayView,
  viewDelivery,
  viewDeliverySummary,
} from './delivery-contract.ts';
import { getDelivery } from './get-delivery.ts';
import { listDeliveries } from './list-deliveries.ts';
import { redeliver } from './redeliver.ts';
import { redeliverFailed } from './redeliver-failed.ts';

const tags = ['Notifications'];

const listRoute = createRoute({
  method: 'get',
  path: '/deliveries',
  tags,
  summary: 'List deliveries',
  description:
    'What channels were told, newest first. `status=failed` is the dead letters; with `sort_by=finished_at` they are read ' +
    'along their index, by when they failed. `subject` has an index, too. Other filters look at 5,000 deliveries a page at ' +
    'most, so a page by cursor may be short: go on with `next_cursor`. Deliveries are kept for 30 days, dead letters for 90.',
  operationId: 'listDeliveries',
  ...guard('delivery.read'),
  request: { query: deliveryQuery },
  responses: { 200: json(deliveryPage, 'A page of deliveries.'), ...problems(400, 401, 403, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/deliveries/{id}',
  tags,
  summary: 'Get a delivery',
  description:
    'With every attempt: when, how long it took, what was answered. A delivery that failed without an attempt that says ' +
    'why was given up since its channel is disabled or gone, or its day was over.',
  operationId: 'getDelivery',
  ...guard('delivery.read'),
  request: { params: idParams },
  responses: { 200: json(deliveryView, 'The delivery.'), ...problems(400, 401, 403, 404, 503) },
});

const redeliverRoute = createRoute({
  method: 'post',
  path: '/deliveries/{id}/redeliver',
  tags,
  summary: 'Send a delivery again',
  description:
    'Makes a new delivery of the same payload, with a `webhook-id` and a day of its own. 409 while the delivery or another ' +
    'redelivery of it is pending, and when the channel is disabled or gone.',
  operationId: 'redeliver',
  ...guard('channel.manage'),
  request: { params: idParams },
  responses: { 202: json(deliveryView, 'The new delivery.'), ...problems(400, 401, 403, 404, 409, 503) },
});

const replayRoute = createRoute({
  method: 'post',
  path: '/deliveries/redeliver',
  tags,
  summary: 'Send the dead letters of a channel again',
  description:
    'Makes a new delivery for each that failed within the time and was not sent again since, oldest first, 1,000 at most. ' +
    '409 when the channel is disabled, 404 when there is none.',
  operationId: 'redeliverFailed',
  ...guard('channel.manage'),
  request: { body: jsonBody(replay) },
  responses: { 202: json(replayView, 'How many.'), ...problems(400, 401, 403, 404, 409, 413, 415, 503) },
});

export const deliveryRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listDeliveries({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewDeliverySummary }), 200);
  })
  .openapi(getRoute, async (c) => {
    const delivery = await getDelivery({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewDelivery(delivery), 200);
  })
  .openapi(redeliverRoute, async (c) => {
    const delivery = await redeliver({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewDelivery(delivery), 202);
  })
  .openapi(replayRoute, async (c) => {
    const { redelivered, complete } = await redeliverFailed({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json({ redelivered, complete }, 202);
  });
