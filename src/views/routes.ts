import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  newSavedView,
  type SavedView,
  savedViewPage,
  savedViewPatch,
  savedViewQuery,
  savedViewView,
  viewSavedView,
} from './contract.ts';
import { createSavedView } from './create-saved-view.ts';
import { deleteSavedView } from './delete-saved-view.ts';
import { getSavedView } from './get-saved-view.ts';
import { listSavedViews } from './list-saved-views.ts';
import { updateSavedView } from './update-saved-view.ts';

const tags = ['Saved views'];

const listRoute = createRoute({
  method: 'get',
  path: '/views',
  tags,
  summary: 'List saved views',
  description: 'Your own and those that others share, newest first.',
  operationId: 'listSavedViews',
  ...guard('view.read'),
  request: { query: savedViewQuery },
  responses: { 200: json(savedViewPage, 'A page of views.'), ...problems(400, 401, 403, 503) },
});

const createViewRoute = createRoute({
  method: 'post',
  path: '/views',
  tags,
  summary: 'Save a view',
  description:
    'The filters and the order of a screen under a name, for yourself or shared with everybody. 409 when you have a view ' +
    'of this name on the screen, or 100 views. With `default` the screen opens with it, instead of the one before.',
  operationId: 'createSavedView',
  ...guard('view.save'),
  request: { body: jsonBody(newSavedView) },
  responses: { 201: json(savedViewView, 'The view.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/views/{id}',
  tags,
  summary: 'Get a saved view',
  description: 'Your own, or one that is shared. Others do not exist for you.',
  operationId: 'getSavedView',
  ...guard('view.read'),
  request: { params: idParams },
  responses: { 200: json(savedViewView, 'The view.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/views/{id}',
  tags,
  summary: 'Change a saved view',
  description:
    "Your own; an admin also what others share, but for `default`, which is its owner's. 403 for what somebody else " +
    'shares, 409 when its owner has another view of the name on the screen.',
  operationId: 'patchSavedView',
  ...guard('view.save'),
  request: { params: idParams, body: jsonBody(savedViewPatch) },
  responses: {
    200: json(savedViewView, 'The view as it is now.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/views/{id}',
  tags,
  summary: 'Delete a saved view',
  description: 'Your own; an admin also what others share.',
  operationId: 'deleteSavedView',
  ...guard('view.save'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

export const viewRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const ctx = contextOf(c);
    const found = await listSavedViews({ ctx, input });
    const view = (row: SavedView) => viewSavedView({ view: row, actor: ctx.actor });
    return c.json(answerPage(c, { found, limit: input.limit, view }), 200);
  })
  .openapi(createViewRoute, async (c) => {
    const ctx = contextOf(c);
    const view = await createSavedView({ ctx, input: c.req.valid('json') });
    return c.json(viewSavedView({ view, actor: ctx.actor }), 201);
  })
  .openapi(getRoute, async (c) => {
    const ctx = contextOf(c);
    const view = await getSavedView({ ctx, input: c.req.valid('param') });
    return c.json(viewSavedView({ view, actor: ctx.actor }), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    const ctx = contextOf(c);
    const view = await updateSavedView({ ctx, input });
    return c.json(viewSavedView({ view, actor: ctx.actor }), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteSavedView({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
