import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { newPolicy, policyList, policyPatch, policyView, viewPolicy } from './contract.ts';
import { createEscalationPolicy } from './create-escalation-policy.ts';
import { deleteEscalationPolicy } from './delete-escalation-policy.ts';
import { escalationView, previewView, trial } from './escalation-contract.ts';
import { getEscalation } from './get-escalation.ts';
import { getEscalationPolicy } from './get-escalation-policy.ts';
import { listEscalationPolicies } from './list-escalation-policies.ts';
import { previewEscalation } from './preview-escalation.ts';
import { updateEscalationPolicy } from './update-escalation-policy.ts';

const tags = ['Escalation'];

const listRoute = createRoute({
  method: 'get',
  path: '/escalation-policies',
  tags,
  summary: 'List escalation policies',
  description: 'All of them, in the order in which an alert is held against them.',
  operationId: 'listEscalationPolicies',
  ...guard('escalation.read'),
  responses: { 200: json(policyList, 'The policies, by position.'), ...problems(400, 401, 403, 503) },
});

const createPolicyRoute = createRoute({
  method: 'post',
  path: '/escalation-policies',
  tags,
  summary: 'Add an escalation policy',
  description:
    'A new alert gets the first enabled policy whose matchers hold for the event that raised it; the alerts that are ' +
    'there keep what they have. While nobody acknowledges the alert, each step tells its channels when its time has ' +
    'come, and after the last one the steps are gone through again as often as `repeat` says. `targets` say within how ' +
    'many seconds alerts of a severity are to be acknowledged and resolved; `resolve_seconds` is not less than ' +
    '`acknowledge_seconds`. There are at most 100 policies (409).',
  operationId: 'createEscalationPolicy',
  ...guard('escalation.manage'),
  request: { body: jsonBody(newPolicy) },
  responses: { 201: json(policyView, 'The policy.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const previewRoute = createRoute({
  method: 'post',
  path: '/escalation-policies/preview',
  tags,
  summary: 'Try the escalation policies',
  description:
    'Which policy an alert of such an event would have, and who would be told when if nobody acknowledged it. A channel ' +
    'that is disabled or gone is shown and would be passed over. Silences and grouping are not looked at, and nothing ' +
    'is sent.',
  operationId: 'previewEscalation',
  ...guard('escalation.read'),
  request: { body: jsonBody(trial) },
  responses: { 200: json(previewView, 'What would happen.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/escalation-policies/{id}',
  tags,
  summary: 'Get an escalation policy',
  operationId: 'getEscalationPolicy',
  ...guard('escalation.read'),
  request: { params: idParams },
  responses: { 200: json(policyView, 'The policy.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/escalation-policies/{id}',
  tags,
  summary: 'Change or move an escalation policy',
  description:
    '`position` moves it to that place, and those in between make room. Escalations that run follow its steps as they ' +
    'are from now on, from where they are; the targets of alerts that are there stay. Lists and objects are replaced as ' +
    'a whole.',
  operationId: 'patchEscalationPolicy',
  ...guard('escalation.manage'),
  request: { params: idParams, body: jsonBody(policyPatch) },
  responses: { 200: json(policyView, 'The policy as it is now.'), ...problems(400, 401, 403, 404, 413, 415, 503) },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/escalation-policies/{id}',
  tags,
  summary: 'Delete an escalation policy',
  description:
    'Its alerts have no further steps. They keep their targets, and who was told of one hears when it is acknowledged ' +
    'and resolved.',
  operationId: 'deleteEscalationPolicy',
  ...guard('escalation.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

const escalationRoute = createRoute({
  method: 'get',
  path: '/alerts/{id}/escalation',
  tags,
  summary: 'Get the escalation of an alert',
  description: 'Its policy, who was told of it when, the step to come and the targets. Deliveries tell what arrived.',
  operationId: 'getEscalation',
  ...guard('escalation.read'),
  request: { params: idParams },
  responses: { 200: json(escalationView, 'How far it came.'), ...problems(400, 401, 403, 404, 503) },
});

export const escalationRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const policies = await listEscalationPolicies({ ctx: contextOf(c) });
    return c.json({ data: policies.map(viewPolicy) }, 200);
  })
  .openapi(createPolicyRoute, async (c) => {
    const policy = await createEscalationPolicy({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewPolicy(policy), 201);
  })
  .openapi(previewRoute, async (c) => {
    return c.json(await previewEscalation({ ctx: contextOf(c), input: c.req.valid('json') }), 200);
  })
  .openapi(getRoute, async (c) => {
    const policy = await getEscalationPolicy({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewPolicy(policy), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewPolicy(await updateEscalationPolicy({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteEscalationPolicy({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  })
  .openapi(escalationRoute, async (c) => {
    return c.json(await getEscalation({ ctx: contextOf(c), input: c.req.valid('param') }), 200);
  });
