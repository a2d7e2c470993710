import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { answerLive } from './answer-live.ts';
import { liveHeaders, liveQuery, ticketView, viewTicket } from './contract.ts';
import { createTicket } from './create-ticket.ts';
import { liveResponses } from './live-openapi.ts';

const tags = ['Live'];

const ticketRoute = createRoute({
  method: 'post',
  path: '/live/ticket',
  tags,
  summary: 'Get a ticket for a live connection',
  description:
    'A WebSocket of a browser can send no Authorization header, so it brings a ticket in its address. It opens one ' +
    'connection, within 30 seconds: of many who bring it at once, one gets in.',
  operationId: 'createLiveTicket',
  ...guard('live.watch'),
  responses: { 201: json(ticketView, 'The ticket.'), ...problems(401, 403, 503) },
});

const liveRoute = createRoute({
  method: 'get',
  path: '/live',
  tags,
  summary: 'Watch changes as they happen',
  description:
    'A WebSocket with `Upgrade: websocket`, or Server-Sent Events with `Accept: text/event-stream`. It needs a `ticket` ' +
    'or an Authorization header. The first message is `hello` with a cursor; from there on every change of alerts, ' +
    'incidents with their notes, files and tags, silences and stored events comes once and in order, as the audit log ' +
    'has it. Send the last `cursor` that you had to resume without gaps or repeats. Whoever missed more than 10,000 ' +
    'rows of the log gets `reset` and goes on from now. A cursor of the future is 400.\n\n' +
    'Send `ping` every 30 seconds, which is answered with `pong`; everything else that is sent is passed over, and ' +
    'more than 1 KiB closes the socket (1009). Sockets are closed with 4401 when the session ended, the person was ' +
    'disabled or has another role now; with 4408 after an hour; with 4429 after 2 MiB without a `ping`. Get another ' +
    'ticket then and resume. Events end with an event `close` that has the same `code`.\n\n' +
    'Ten connections a person (429) and 2,000 in all (503). A page of another origin that `CORS_ORIGINS` does not name ' +
    'gets no WebSocket (403).',
  operationId: 'watchLive',
  ...guard('live.watch'),
  request: { query: liveQuery, headers: liveHeaders },
  responses: { ...liveResponses, ...problems(400, 401, 403, 503) },
});

export const liveRoutes = newRouter()
  .openapi(ticketRoute, async (c) => c.json(viewTicket(await createTicket({ ctx: contextOf(c) })), 201))
  .openapi(liveRoute, (c) => answerLive(c, c.req.valid('header')['last-event-id'] ?? c.req.valid('query').cursor));
