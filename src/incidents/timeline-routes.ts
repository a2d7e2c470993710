import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { listTimeline } from './list-timeline.ts';
import { type Entry, timelinePage, timelineQuery } from './timeline-contract.ts';

const timelineRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}/timeline',
  tags: ['Incidents'],
  summary: 'Read the timeline of an incident',
  description:
    'Everything that happened to the incident, its notes, alerts and evidence, oldest first: who did it, when, and ' +
    'which fields became what. A note is shown as it is now, one that was deleted without its text. Beyond 10,000 ' +
    'notes, alerts and files of one incident the rest is left out.',
  operationId: 'listTimeline',
  ...guard('incident.read'),
  request: { params: idParams, query: timelineQuery },
  responses: { 200: json(timelinePage, 'A page of entries.'), ...problems(400, 401, 403, 404, 503) },
});

export const timelineRoutes = newRouter().openapi(timelineRoute, async (c) => {
  const input = { ...c.req.valid('param'), ...c.req.valid('query') };
  const found = await listTimeline({ ctx: contextOf(c), input });
  return c.json(answerPage(c, { found, limit: input.limit, view: (entry: Entry) => entry }), 200);
});
