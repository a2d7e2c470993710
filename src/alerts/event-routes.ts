import { createRoute, z } from '@hono/zod-openapi';
import { alertEventsQuery, eventPage, viewEvent } from '../events/contract.ts';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { listAlertEvents } from './list-alert-events.ts';

const alertEventPage = z
  .strictObject({
    ...eventPage.shape,
    in_cold_store: z.number().int().nullable().openapi({
      description: 'How many of all its events are in the cold store; null when more than 10,000 are not.',
    }),
  })
  .openapi('AlertEventPage');

const listRoute = createRoute({
  method: 'get',
  path: '/alerts/{id}/events',
  tags: ['Alerts'],
  summary: 'List the events of an alert',
  description:
    'What it gathered, newest first, found by an index: a page reads a page. With filters a page by cursor looks at 5,000 ' +
    'of its events at most and may be short. Old events move to the cold store (`/events/cold-store`), but for the one ' +
    'that the alert shows; `event_count` goes on counting them, and `in_cold_store` says how many they are.',
  operationId: 'listAlertEvents',
  ...guard('alert.read'),
  request: { params: idParams, query: alertEventsQuery },
  responses: { 200: json(alertEventPage, 'A page of events.'), ...problems(400, 401, 403, 404, 503) },
});

/** What an alert is about. */
export const alertEventRoutes = newRouter().openapi(listRoute, async (c) => {
  const query = c.req.valid('query');
  const found = await listAlertEvents({ ctx: contextOf(c), input: { ...c.req.valid('param'), query } });
  const page = answerPage(c, { found, limit: query.limit, view: viewEvent });
  return c.json({ ...page, in_cold_store: found.inColdStore }, 200);
});
