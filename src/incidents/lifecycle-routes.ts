import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { etag, etagHeader, ifMatchHeader } from '../http/if-match.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { archiveIncident } from './archive-incident.ts';
import { incidentResolution, incidentView, viewIncident } from './contract.ts';
import { mitigateIncident } from './mitigate-incident.ts';
import { reopenIncident } from './reopen-incident.ts';
import { resolveIncident } from './resolve-incident.ts';
import { restoreIncident } from './restore-incident.ts';
import { unarchiveIncident } from './unarchive-incident.ts';

const tags = ['Incidents'];
const request = { params: idParams, headers: ifMatchHeader };
const responses = {
  200: { ...json(incidentView, 'The incident as it is now.'), headers: etagHeader },
  ...problems(400, 401, 403, 404, 409, 412, 503),
};

const mitigateRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/mitigate',
  tags,
  summary: 'Mitigate an incident',
  description: 'open → mitigated. Of two who do it at once, one gets 200 and the other 409.',
  operationId: 'mitigateIncident',
  ...guard('incident.change'),
  request,
  responses,
});

const resolveRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/resolve',
  tags,
  summary: 'Resolve an incident',
  description:
    'open or mitigated → resolved. Of two who do it at once, one gets 200 and the other 409. With `resolve_alerts` its ' +
    'open and acknowledged alerts are resolved at the same time, by you and with the `verdict`; who is refused leaves ' +
    'them as they are, and members may not do it. The audit log names such an alert `incident:17/alert:3`, so that the ' +
    'timeline shows it. Setting the status by PATCH resolves no alerts. The body may be left out.',
  operationId: 'resolveIncident',
  ...guard('incident.change'),
  request: { ...request, body: { content: { 'application/json': { schema: incidentResolution } } } },
  responses: { ...responses, ...problems(413, 415) },
});

const reopenRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/reopen',
  tags,
  summary: 'Reopen an incident',
  description: 'mitigated or resolved → open; an archived one leaves the archive.',
  operationId: 'reopenIncident',
  ...guard('incident.change'),
  request,
  responses,
});

const archiveRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/archive',
  tags,
  summary: 'Archive a resolved incident',
  description:
    'It leaves the list and can still be read and changed. Incidents resolved long ago (`INCIDENT_ARCHIVE_DAYS`) are archived by themselves.',
  operationId: 'archiveIncident',
  ...guard('incident.change'),
  request,
  responses,
});

const unarchiveRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/unarchive',
  tags,
  summary: 'Take an incident out of the archive',
  description: 'It stays resolved.',
  operationId: 'unarchiveIncident',
  ...guard('incident.change'),
  request,
  responses,
});

const restoreRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/restore',
  tags,
  summary: 'Restore a deleted incident',
  description: 'By its owner or an admin, with its notes, evidence and alerts.',
  operationId: 'restoreIncident',
  ...guard('incident.delete'),
  request,
  responses,
});

/** Where an incident goes: through its lifecycle, into the archive, back from the dead. */
export const incidentLifecycleRoutes = newRouter()
  .openapi(mitigateRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await mitigateIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(resolveRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await resolveIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(reopenRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await reopenIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(archiveRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await archiveIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(unarchiveRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await unarchiveIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(restoreRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await restoreIncident({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  });
