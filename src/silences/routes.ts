import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  MAX_SILENCES,
  newSilence,
  PREVIEW_EVENTS,
  silencePage,
  silencePatch,
  silencePreview,
  silenceQuery,
  silenceTrial,
  silenceView,
  viewSilence,
} from './contract.ts';
import { createSilence } from './create-silence.ts';
import { endSilence } from './end-silence.ts';
import { getSilence } from './get-silence.ts';
import { listSilences } from './list-silences.ts';
import { previewSilence } from './preview-silence.ts';
import { updateSilence } from './update-silence.ts';

const tags = ['Silences'];

const listRoute = createRoute({
  method: 'get',
  path: '/silences',
  tags,
  summary: 'List silences',
  description: 'Newest first, with the planned occurrences of maintenance windows.',
  operationId: 'listSilences',
  ...guard('silence.read'),
  request: { query: silenceQuery },
  responses: { 200: json(silencePage, 'A page of silences.'), ...problems(400, 401, 403, 503) },
});

const createSilenceRoute = createRoute({
  method: 'post',
  path: '/silences',
  tags,
  summary: 'Silence events',
  description:
    'While it lasts, a High or Critical event for which every matcher holds raises no alert and joins none. It is stored ' +
    'and counted: `suppressed_count`, and `GET /events?silence=…`. Of several silences the oldest that holds counts it. ' +
    'What decides is when the event came, not when it is looked at. When the silence ends, `announce_to` is told. Try the ' +
    `matchers with \`/silences/preview\` first. At most ${MAX_SILENCES} may not be over (409).`,
  operationId: 'createSilence',
  ...guard('silence.manage'),
  request: { body: jsonBody(newSilence) },
  responses: { 201: json(silenceView, 'The silence.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const previewRoute = createRoute({
  method: 'post',
  path: '/silences/preview',
  tags,
  summary: 'Try matchers',
  description: `How many of the newest ${PREVIEW_EVENTS.toLocaleString('en')} events these matchers hold for. Nothing is changed.`,
  operationId: 'previewSilence',
  ...guard('silence.read'),
  request: { body: jsonBody(silenceTrial) },
  responses: { 200: json(silencePreview, 'The numbers.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/silences/{id}',
  tags,
  summary: 'Get a silence',
  operationId: 'getSilence',
  ...guard('silence.read'),
  request: { params: idParams },
  responses: { 200: json(silenceView, 'The silence.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/silences/{id}',
  tags,
  summary: 'Change a silence',
  description:
    'Its reason, its end and who hears of it while it is not over (409), its matchers only before it begins (409). The ' +
    'end may be moved to 90 days after its start at most.',
  operationId: 'patchSilence',
  ...guard('silence.manage'),
  request: { params: idParams, body: jsonBody(silencePatch) },
  responses: {
    200: json(silenceView, 'The silence as it is now.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const endRoute = createRoute({
  method: 'delete',
  path: '/silences/{id}',
  tags,
  summary: 'End a silence',
  description:
    'Now. It stays, with `ended_by`, and its end is announced within a minute or two; not if it had yet to begin. An ' +
    'occurrence of a maintenance window is left out for this time. 409 when it is over.',
  operationId: 'endSilence',
  ...guard('silence.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Over.' }, ...problems(400, 401, 403, 404, 409, 503) },
});

export const silenceRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const ctx = contextOf(c);
    const input = c.req.valid('query');
    const found = await listSilences({ ctx, input });
    const view = (silence: (typeof found.rows)[number]) => viewSilence(silence, ctx.clock());
    return c.json(answerPage(c, { found, limit: input.limit, view }), 200);
  })
  .openapi(createSilenceRoute, async (c) => {
    const ctx = contextOf(c);
    return c.json(viewSilence(await createSilence({ ctx, input: c.req.valid('json') }), ctx.clock()), 201);
  })
  .openapi(previewRoute, async (c) => {
    return c.json(await previewSilence({ ctx: contextOf(c), input: c.req.valid('json') }), 200);
  })
  .openapi(getRoute, async (c) => {
    const ctx = contextOf(c);
    return c.json(viewSilence(await getSilence({ ctx, input: c.req.valid('param') }), ctx.clock()), 200);
  })
  .openapi(patchRoute, async (c) => {
    const ctx = contextOf(c);
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewSilence(await updateSilence({ ctx, input }), ctx.clock()), 200);
  })
  .openapi(endRoute, async (c) => {
    await endSilence({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
