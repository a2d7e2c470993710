import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { newSensor, sensorWithKey, viewSensor } from './contract.ts';
import { createSensor } from './create-sensor.ts';
import { revokeSensor } from './revoke-sensor.ts';

const tags = ['Sensors'];

const createSensorRoute = createRoute({
  method: 'post',
  path: '/sensors',
  tags,
  summary: 'Add a sensor',
  description: 'The answer holds its key, this once. A key may post events and nothing else.',
  operationId: 'createSensor',
  ...guard('sensor.manage'),
  request: { body: jsonBody(newSensor) },
  responses: { 201: json(sensorWithKey, 'The sensor and its key.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const revokeSensorRoute = createRoute({
  method: 'delete',
  path: '/sensors/{id}',
  tags,
  summary: 'Revoke a sensor',
  description: 'Its key is refused everywhere within 30 seconds. Its events stay.',
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
  .openapi(revokeSensorRoute, async (c) => {
    await revokeSensor({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
