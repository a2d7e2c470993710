import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { etag, etagHeader } from '../http/if-match.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { answerPage } from '../http/pagination.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { incidentView, viewIncident } from '../incidents/contract.ts';
import { bulkAlerts } from './bulk-alerts.ts';
import { bulkResult, bulkTriage } from './bulk-contract.ts';
import { alertPage, incidentAlertsQuery, viewAlert } from './contract.ts';
import { alertLinks, linkParams, linkResults, promotion, viewLinks } from './incident-contract.ts';
import { linkAlerts } from './link-alerts.ts';
import { listIncidentAlerts } from './list-incident-alerts.ts';
import { promoteAlert } from './promote-alert.ts';
import { unlinkAlert } from './unlink-alert.ts';

const tags = ['Alerts'];

const promoteRoute = createRoute({
  method: 'post',
  path: '/alerts/{id}/promote',
  tags,
  summary: 'Open an incident of an alert',
  description:
    'Opens an incident that you own and links the alert to it, which changes nothing else of the alert. What the body ' +
    'leaves out, or all if there is none, is taken from the alert: `intrusion on db-payments: first line of the ' +
    'description` as the title, the whole description, the source as the service, and the severity (critical → sev1, ' +
    'high → sev2, medium → sev3, low → sev4). 409 when the alert belongs to an incident already; of two who do it at ' +
    'once, one gets 201 and the other 409, and there is one incident.',
  operationId: 'promoteAlert',
  ...guard('alert.triage'),
  request: { params: idParams, body: { content: { 'application/json': { schema: promotion } } } },
  responses: {
    201: {
      ...json(incidentView, 'The incident.'),
      headers: { ...etagHeader, Location: { description: 'Where it is.', schema: { type: 'string' as const } } },
    },
    ...problems(400, 401, 403, 404, 409, 413, 415, 503),
  },
});

const bulkRoute = createRoute({
  method: 'post',
  path: '/alerts/bulk',
  tags,
  summary: 'Do one thing to many alerts',
  description:
    'Give either 1 to 1,000 `ids`, of which each counts once, or a `filter`, which takes the 1,000 newest alerts that ' +
    'match. Each alert follows the rules of its single action, and its outcome is told: `done`, `conflict` with the ' +
    'reason, or `not_found`. All changes are one transaction.\n\n' +
    '`more` says that the filter has, or may have, further matches: send the same again. Name a `status` that the ' +
    'action leaves, so that what is done no longer matches. What no index serves (source, type, assignee) is looked ' +
    'for among the 20,000 newest alerts that the other filters leave; `from` and `to` lead beyond them.\n\n' +
    '`promote` links the alerts to one incident: a new one, which you own, from `incident`, or the one that ' +
    '`incident_id` names. When none can be linked to a new one, the answer is 409 and there is no incident.',
  operationId: 'bulkAlerts',
  ...guard('alert.triage'),
  request: { body: jsonBody(bulkTriage) },
  responses: {
    200: json(bulkResult, 'What became of each alert.'),
    ...problems(400, 401, 403, 409, 413, 415, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/incidents/{id}/alerts',
  tags,
  summary: 'List the alerts of an incident',
  description: 'Newest first, with the filters of the list of alerts.',
  operationId: 'listIncidentAlerts',
  ...guard('alert.read'),
  request: { params: idParams, query: incidentAlertsQuery },
  responses: { 200: json(alertPage, 'A page of alerts, each with its event.'), ...problems(400, 401, 403, 404, 503) },
});

const linkRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/alerts',
  tags,
  summary: 'Link alerts to an incident',
  description:
    'An alert belongs to one incident at most. Those that belong to none are linked, all at once; `results` says what ' +
    'became of each. The timeline of the incident shows it; its own `updated_at` and `version` stay.',
  operationId: 'linkAlerts',
  ...guard('alert.triage'),
  request: { params: idParams, body: jsonBody(alertLinks) },
  responses: {
    200: json(linkResults, 'What became of each alert.'),
    ...problems(400, 401, 403, 404, 413, 415, 503),
  },
});

const unlinkRoute = createRoute({
  method: 'delete',
  path: '/incidents/{id}/alerts/{alert_id}',
  tags,
  summary: 'Unlink an alert from an incident',
  description:
    'The alert stays as it is and belongs to no incident. 404 when it is not in this one. `updated_at` and `version` ' +
    'of the incident stay.',
  operationId: 'unlinkAlert',
  ...guard('alert.triage'),
  request: { params: linkParams },
  responses: { 204: { description: 'Unlinked.' }, ...problems(400, 401, 403, 404, 503) },
});

/** Many alerts at once, and what joins them: their incidents. */
export const alertBulkRoutes = newRouter()
  .openapi(promoteRoute, async (c) => {
    const input = { ...c.req.valid('param'), given: c.req.valid('json') };
    const incident = await promoteAlert({ ctx: contextOf(c), input });
    const headers = { ETag: etag(incident.version), Location: `/api/v1/incidents/${incident.id}` };
    return c.json(viewIncident(incident), 201, headers);
  })
  .openapi(bulkRoute, async (c) => {
    const result = await bulkAlerts({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(result, 200);
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query');
    const found = await listIncidentAlerts({ ctx: contextOf(c), input: { ...c.req.valid('param'), query } });
    return c.json(answerPage(c, { found, limit: query.limit, view: viewAlert }), 200);
  })
  .openapi(linkRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    const results = await linkAlerts({ ctx: contextOf(c), input });
    return c.json(viewLinks(results), 200);
  })
  .openapi(unlinkRoute, async (c) => {
    await unlinkAlert({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
