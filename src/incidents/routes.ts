import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { etag, etagHeader, ifMatchHeader } from '../http/if-match.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { incidentPatch, incidentReplacement, incidentView, newIncident, viewIncident } from './contract.ts';
import { createIncident } from './create-incident.ts';
import { deleteIncident } from './delete-incident.ts';
import { getIncident } from './get-incident.ts';
import { updateIncident } from './update-incident.ts';

const tags = ['Incidents'];
const request = { params: idParams, headers: ifMatchHeader };
const changed = {
  200: { ...json(incidentView, 'The incident as it is now.'), headers: etagHeader },
  ...problems(400, 401, 403, 404, 409, 412, 413, 415, 503),
};

const createIncidentRoute = createRoute({
  method: 'post',
  path: '/incidents',
  tags,
  summary: 'Open an incident',
  description: 'Who opens it owns it.',
  operationId: 'createIncident',
  ...guard('incident.create'),
  request: { body: jsonBody(newIncident) },
  responses: {
    201: {
      ...json(incidentView, 'The incident.'),
      headers: { ...etagHeader, Location: { description: 'Where it is.', schema: { type: 'string' as const } } },
    },
    ...problems(400, 401, 403, 413, 415, 503),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}',
  tags,
  summary: 'Get an incident',
  operationId: 'getIncident',
  ...guard('incident.read'),
  request: { params: idParams },
  responses: {
    200: { ...json(incidentView, 'The incident.'), headers: etagHeader },
    ...problems(400, 401, 403, 404, 503),
  },
});

const putRoute = createRoute({
  method: 'put',
  path: '/incidents/{id}',
  tags,
  summary: 'Replace what an incident says',
  description:
    'What is left out becomes empty, except `severity`, `status` and `owner`, which stay. Members change their own only.',
  operationId: 'putIncident',
  ...guard('incident.change'),
  request: { ...request, body: jsonBody(incidentReplacement) },
  responses: changed,
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/incidents/{id}',
  tags,
  summary: 'Change fields of an incident',
  description:
    'A merge patch (RFC 7396): what is left out stays, `null` empties. A `status` must follow open → mitigated → ' +
    'resolved, open → resolved, or back to open; asking for nothing but the status that it has is 409.',
  operationId: 'patchIncident',
  ...guard('incident.change'),
  request: { ...request, body: jsonBody(incidentPatch) },
  responses: changed,
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/incidents/{id}',
  tags,
  summary: 'Delete an incident',
  description: 'By its owner or an admin. It can be restored until it is purged, `INCIDENT_PURGE_DAYS` later.',
  operationId: 'deleteIncident',
  ...guard('incident.delete'),
  request,
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 409, 412, 503) },
});

export const incidentRoutes = newRouter()
  .openapi(createIncidentRoute, async (c) => {
    const incident = await createIncident({ ctx: contextOf(c), input: c.req.valid('json') });
    const headers = { ETag: etag(incident.version), Location: `/api/v1/incidents/${incident.id}` };
    return c.json(viewIncident(incident), 201, headers);
  })
  .openapi(getRoute, async (c) => {
    const incident = await getIncident({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(putRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await updateIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await updateIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    await deleteIncident({ ctx: contextOf(c), input });
    return c.body(null, 204);
  });
