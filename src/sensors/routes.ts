import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import {
  newSensor,
  originList,
  rotation,
  sensorPage,
  sensorPatch,
  sensorQuery,
  sensorView,
  sensorWithKey,
  viewOrigins,
  viewSensor,
} from './contract.ts';
import { createSensor } from './create-sensor.ts';
import { getSensor } from './get-sensor.ts';
import { listSensorOrigins } from './list-sensor-origins.ts';
import { listSensors } from './list-sensors.ts';
import { revokeSensor } from './revoke-sensor.ts';
import { rotateSensorKey } from './rotate-sensor-key.ts';
import { updateSensor } from './update-sensor.ts';

const tags = ['Sensors'];

const createSensorRoute = createRoute({
  method: 'post',
  path: '/sensors',
  tags,
  summary: 'Add a sensor',
  description:
    'The answer holds its key, this once. A key may post events and nothing else. With `expected_interval` it is ' +
    'watched: an alert is raised when it is silent for longer, and resolved when it posts again.',
  operationId: 'createSensor',
  ...guard('sensor.manage'),
  request: { body: jsonBody(newSensor) },
  responses: { 201: json(sensorWithKey, 'The sensor and its key.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const listRoute = createRoute({
  method: 'get',
  path: '/sensors',
  tags,
  summary: 'List sensors',
  description: 'Newest first, paused and revoked ones included.',
  operationId: 'listSensors',
  ...guard('sensor.manage'),
  request: { query: sensorQuery },
  responses: { 200: json(sensorPage, 'A page of sensors.'), ...problems(400, 401, 403, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/sensors/{id}',
  tags,
  summary: 'Get a sensor',
  operationId: 'getSensor',
  ...guard('sensor.manage'),
  request: { params: idParams },
  responses: { 200: json(sensorView, 'The sensor.'), ...problems(400, 401, 403, 404, 503) },
});

const listOriginsRoute = createRoute({
  method: 'get',
  path: '/sensors/{id}/origins',
  tags,
  summary: 'List where a sensor posted from',
  description:
    'Each network on each continent that its keys were used from, the last one first, 1,000 at most. Cloudflare says where ' +
    'a request came from; where nobody does, as on a local server, there are none. The first network of a sensor is taken ' +
    'as its own; every other raises an alert, and so do two continents within an hour, unless `watch_origin` is false.',
  operationId: 'listSensorOrigins',
  ...guard('sensor.manage'),
  request: { params: idParams },
  responses: { 200: json(originList, 'Its places.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/sensors/{id}',
  tags,
  summary: 'Change, pause or resume a sensor',
  description:
    'Paused (`enabled: false`), its keys are refused everywhere within 30 seconds; resumed, they work again everywhere ' +
    'within 5. A paused sensor is not watched; resumed, it is late if it was not heard for its interval. A revoked one ' +
    'cannot be resumed (409): rotate it. A silence ends when the sensor posts, whatever is changed here.',
  operationId: 'patchSensor',
  ...guard('sensor.manage'),
  request: { params: idParams, body: jsonBody(sensorPatch) },
  responses: {
    200: json(sensorView, 'The sensor as it is now.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const rotateRoute = createRoute({
  method: 'post',
  path: '/sensors/{id}/rotate',
  tags,
  summary: 'Give a sensor a new key',
  description:
    'The answer holds the new key, this once. The key until now works for `overlap_hours` more, 24 unless configured ' +
    'otherwise; with 0 it is refused at once, everywhere within 30 seconds, and so is one from a rotation before. A ' +
    'revoked sensor is enabled. Of two who rotate at once, one gets 409. The body may be left out.',
  operationId: 'rotateSensorKey',
  ...guard('sensor.manage'),
  request: { params: idParams, body: { content: { 'application/json': { schema: rotation } } } },
  responses: {
    200: json(sensorWithKey, 'The sensor and its new key.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const revokeSensorRoute = createRoute({
  method: 'delete',
  path: '/sensors/{id}',
  tags,
  summary: 'Revoke a sensor',
  description:
    'Its keys are refused everywhere within 30 seconds, for good; a rotation gives it a new one. The sensor, its name ' +
    'and its events stay. 404 when it was revoked before.',
  operationId: 'revokeSensor',
  ...guard('sensor.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Revoked.' }, ...problems(400, 401, 403, 404, 503) },
});

export const sensorRoutes = newRouter()
  .openapi(createSensorRoute, async (c) => {
    const { sensor, key } = await createSensor({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json({ ...viewSensor(sensor), key }, 201);
  })
  .openapi(listRoute, async (c) => {
    const input = c.req.valid('query');
    const found = await listSensors({ ctx: contextOf(c), input });
    return c.json(answerPage(c, { found, limit: input.limit, view: viewSensor }), 200);
  })
  .openapi(getRoute, async (c) => {
    const sensor = await getSensor({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewSensor(sensor), 200);
  })
  .openapi(listOriginsRoute, async (c) => {
    const origins = await listSensorOrigins({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewOrigins(origins), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewSensor(await updateSensor({ ctx: contextOf(c), input })), 200);
  })
  .openapi(rotateRoute, async (c) => {
    const input = { ...c.req.valid('param'), overlapHours: c.req.valid('json').overlap_hours };
    const { sensor, key } = await rotateSensorKey({ ctx: contextOf(c), input });
    return c.json({ ...viewSensor(sensor), key }, 200);
  })
  .openapi(revokeSensorRoute, async (c) => {
    await revokeSensor({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
