import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { etag, etagHeader, ifMatchHeader } from '../http/if-match.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { assignAlert } from './assign-alert.ts';
import {
  alertPage,
  alertPatch,
  alertQuery,
  alertReplacement,
  alertView,
  assignment,
  resolution,
  viewAlert,
} from './contract.ts';
import { deleteAlert } from './delete-alert.ts';
import { getAlert } from './get-alert.ts';
import { listAlerts } from './list-alerts.ts';
import { resolveAlert } from './resolve-alert.ts';
import { updateAlert } from './update-alert.ts';

const tags = ['Alerts'];
const request = { params: idParams, headers: ifMatchHeader };
const changed = {
  200: { ...json(alertView, 'The alert as it is now.'), headers: etagHeader },
  ...problems(400, 401, 403, 404, 409, 412, 413, 415, 503),
};

const listRoute = createRoute({
  method: 'get',
  path: '/alerts',
  tags,
  summary: 'List alerts',
  description:
    'Newest first. Filters by incident, by `dedup_key`, or by status and severity, are served by an index; others look at ' +
    '5,000 alerts a page at most, so a page by cursor may be short: go on with `next_cursor`.',
  operationId: 'listAlerts',
  ...guard('alert.read'),
  request: { query: alertQuery },
  responses: { 200: json(alertPage, 'A page of alerts, each with its event.'), ...problems(400, 401, 403, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/alerts/{id}',
  tags,
  summary: 'Get an alert',
  operationId: 'getAlert',
  ...guard('alert.read'),
  request: { params: idParams },
  responses: {
    200: { ...json(alertView, 'The alert with its event.'), headers: etagHeader },
    ...problems(400, 401, 403, 404, 503),
  },
});

const acknowledgeRoute = createRoute({
  method: 'post',
  path: '/alerts/{id}/acknowledge',
  tags,
  summary: 'Acknowledge an alert',
  description: 'open → acknowledged. Of two who do it at once, one gets 200 and the other 409.',
  operationId: 'acknowledgeAlert',
  ...guard('alert.triage'),
  request,
  responses: changed,
});

const resolveRoute = createRoute({
  method: 'post',
  path: '/alerts/{id}/resolve',
  tags,
  summary: 'Resolve an alert',
  description: 'open or acknowledged → resolved, with a verdict if you have one. The body may be left out.',
  operationId: 'resolveAlert',
  ...guard('alert.triage'),
  request: { ...request, body: { content: { 'application/json': { schema: resolution } } } },
  responses: changed,
});

const assignRoute = createRoute({
  method: 'post',
  path: '/alerts/{id}/assign',
  tags,
  summary: 'Assign an alert',
  description:
    'To an active analyst or admin, or to nobody (null). A free alert and your own can be handed on; to take one from ' +
    'somebody else send the version you saw as If-Match. Else, and when it is assigned so already, 409.',
  operationId: 'assignAlert',
  ...guard('alert.triage'),
  request: { ...request, body: jsonBody(assignment) },
  responses: changed,
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/alerts/{id}',
  tags,
  summary: 'Change any field of an alert',
  description:
    'Also reopens: `{"status": "open"}` on a resolved alert. It gathers further events of its `dedup_key` again, unless ' +
    'another alert does by then.',
  operationId: 'patchAlert',
  ...guard('alert.change'),
  request: { ...request, body: jsonBody(alertPatch) },
  responses: changed,
});

const putRoute = createRoute({
  method: 'put',
  path: '/alerts/{id}',
  tags,
  summary: 'Change an alert by PUT',
  description: 'As PATCH, with `status` required.',
  operationId: 'putAlert',
  ...guard('alert.change'),
  request: { ...request, body: jsonBody(alertReplacement) },
  responses: changed,
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/alerts/{id}',
  tags,
  summary: 'Delete an alert',
  description: 'Its events stay and do not raise another. The audit log keeps the alert as it was.',
  operationId: 'deleteAlert',
  ...guard('alert.change'),
  request,
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 412, 503) },
});

export const alertRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listAlerts({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewAlert }), 200);
  })
  .openapi(getRoute, async (c) => {
    const found = await getAlert({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(acknowledgeRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const found = await acknowledgeAlert({ ctx: contextOf(c), input });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(resolveRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const found = await resolveAlert({ ctx: contextOf(c), input });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(assignRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const found = await assignAlert({ ctx: contextOf(c), input });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const found = await updateAlert({ ctx: contextOf(c), input });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(putRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const found = await updateAlert({ ctx: contextOf(c), input });
    return c.json(viewAlert(found), 200, { ETag: etag(found.alert.version) });
  })
  .openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    await deleteAlert({ ctx: contextOf(c), input });
    return c.body(null, 204);
  });
