import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { createMaintenanceWindow } from './create-maintenance-window.ts';
import { deleteMaintenanceWindow } from './delete-maintenance-window.ts';
import { getMaintenanceWindow } from './get-maintenance-window.ts';
import { listMaintenanceWindows } from './list-maintenance-windows.ts';
import { listOccurrences } from './list-occurrences.ts';
import { updateMaintenanceWindow } from './update-maintenance-window.ts';
import {
  MAX_WINDOWS,
  newWindow,
  occurrenceList,
  occurrenceQuery,
  viewOccurrence,
  viewWindow,
  windowList,
  windowPatch,
  windowView,
} from './window-contract.ts';

const tags = ['Silences'];

const listRoute = createRoute({
  method: 'get',
  path: '/maintenance-windows',
  tags,
  summary: 'List maintenance windows',
  description: 'All of them, the newest first, those that are over or off included.',
  operationId: 'listMaintenanceWindows',
  ...guard('silence.read'),
  responses: { 200: json(windowList, 'The windows.'), ...problems(400, 401, 403, 503) },
});

const createWindowRoute = createRoute({
  method: 'post',
  path: '/maintenance-windows',
  tags,
  summary: 'Add a maintenance window',
  description:
    'Recurring maintenance. Its occurrences of the next day are silences with its `window_id`, planned here and by a cron. ' +
    'They keep to the clock of `time_zone`: 02:30 stays 02:30 when the clock is changed. Where the clock skips 02:30, it is ' +
    '03:30, and where it shows 02:30 twice, the first. `starts_at` must itself be an occurrence. The rule must end within ' +
    `two years. At most ${MAX_WINDOWS} windows (409).`,
  operationId: 'createMaintenanceWindow',
  ...guard('silence.manage'),
  request: { body: jsonBody(newWindow) },
  responses: { 201: json(windowView, 'The window.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/maintenance-windows/{id}',
  tags,
  summary: 'Get a maintenance window',
  operationId: 'getMaintenanceWindow',
  ...guard('silence.read'),
  request: { params: idParams },
  responses: { 200: json(windowView, 'The window.'), ...problems(400, 401, 403, 404, 503) },
});

const occurrencesRoute = createRoute({
  method: 'get',
  path: '/maintenance-windows/{id}/occurrences',
  tags,
  summary: 'List the next occurrences',
  description: 'From the one that lasts now on; none while the window is off. They are silences from a day before.',
  operationId: 'listOccurrences',
  ...guard('silence.read'),
  request: { params: idParams, query: occurrenceQuery },
  responses: {
    200: json(occurrenceList, 'The occurrences, the next one first.'),
    ...problems(400, 401, 403, 404, 503),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/maintenance-windows/{id}',
  tags,
  summary: 'Change a maintenance window, or turn it off',
  description:
    'What was planned is planned anew, save an occurrence that somebody ended. One that lasts goes on as it began; with ' +
    '`enabled: false` it ends. Of two who change it at once, one gets 409.',
  operationId: 'patchMaintenanceWindow',
  ...guard('silence.manage'),
  request: { params: idParams, body: jsonBody(windowPatch) },
  responses: {
    200: json(windowView, 'The window as it is now.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/maintenance-windows/{id}',
  tags,
  summary: 'Delete a maintenance window',
  description:
    'What was planned is taken back. An occurrence that lasts goes on to its end; `DELETE /silences/{id}` ends it.',
  operationId: 'deleteMaintenanceWindow',
  ...guard('silence.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

export const windowRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const windows = await listMaintenanceWindows({ ctx: contextOf(c) });
    return c.json({ data: windows.map(viewWindow) }, 200);
  })
  .openapi(createWindowRoute, async (c) => {
    const window = await createMaintenanceWindow({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewWindow(window), 201);
  })
  .openapi(getRoute, async (c) => {
    const window = await getMaintenanceWindow({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewWindow(window), 200);
  })
  .openapi(occurrencesRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('query') };
    const occurrences = await listOccurrences({ ctx: contextOf(c), input });
    return c.json({ data: occurrences.map(viewOccurrence) }, 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewWindow(await updateMaintenanceWindow({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteMaintenanceWindow({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
