import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { newRule, PREVIEW_EVENTS, previewView, ruleList, rulePatch, ruleView, trial, viewRule } from './contract.ts';
import { createGroupingRule } from './create-grouping-rule.ts';
import { deleteGroupingRule } from './delete-grouping-rule.ts';
import { getGroupingRule } from './get-grouping-rule.ts';
import { listGroupingRules } from './list-grouping-rules.ts';
import { previewGrouping } from './preview-grouping.ts';
import { updateGroupingRule } from './update-grouping-rule.ts';

const tags = ['Grouping rules'];

const listRoute = createRoute({
  method: 'get',
  path: '/grouping-rules',
  tags,
  summary: 'List grouping rules',
  description: 'All of them, in the order in which an event is held against them.',
  operationId: 'listGroupingRules',
  ...guard('grouping.read'),
  responses: { 200: json(ruleList, 'The rules, by position.'), ...problems(400, 401, 403, 503) },
});

const createRuleRoute = createRoute({
  method: 'post',
  path: '/grouping-rules',
  tags,
  summary: 'Add a grouping rule',
  description:
    'A High or Critical event without a `dedup_key` gets one of the first rule whose matchers hold: the id of the rule ' +
    'and what the event says in its `fields`, as a digest when that is longer than 200 characters. Events of one key ' +
    'have one open alert. `window_seconds` after its last event the alert takes no more, and the next event opens ' +
    'another. The rule is put behind all others and is for what comes from now on. There are at most 100 (409).',
  operationId: 'createGroupingRule',
  ...guard('grouping.manage'),
  request: { body: jsonBody(newRule) },
  responses: { 201: json(ruleView, 'The rule.'), ...problems(400, 401, 403, 409, 413, 415, 503) },
});

const previewRoute = createRoute({
  method: 'post',
  path: '/grouping-rules/preview',
  tags,
  summary: 'Try a grouping rule',
  description:
    `How the newest ${PREVIEW_EVENTS.toLocaleString('en')} events, of any severity, would group if this were the ` +
    'first rule. Events that have a `dedup_key`, sent or of a rule, are left out. Nothing is changed.',
  operationId: 'previewGrouping',
  ...guard('grouping.read'),
  request: { body: jsonBody(trial) },
  responses: { 200: json(previewView, 'The groups.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/grouping-rules/{id}',
  tags,
  summary: 'Get a grouping rule',
  operationId: 'getGroupingRule',
  ...guard('grouping.read'),
  request: { params: idParams },
  responses: { 200: json(ruleView, 'The rule.'), ...problems(400, 401, 403, 404, 503) },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/grouping-rules/{id}',
  tags,
  summary: 'Change or move a grouping rule',
  description:
    '`position` moves it to that place, and those in between make room. What is changed is for what comes from now on: ' +
    'no event gets another key. With other `fields` its events have other keys, so they open new alerts.',
  operationId: 'patchGroupingRule',
  ...guard('grouping.manage'),
  request: { params: idParams, body: jsonBody(rulePatch) },
  responses: { 200: json(ruleView, 'The rule as it is now.'), ...problems(400, 401, 403, 404, 413, 415, 503) },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/grouping-rules/{id}',
  tags,
  summary: 'Delete a grouping rule',
  description: 'The alerts that gathered events by it stay as they are.',
  operationId: 'deleteGroupingRule',
  ...guard('grouping.manage'),
  request: { params: idParams },
  responses: { 204: { description: 'Gone.' }, ...problems(400, 401, 403, 404, 503) },
});

export const groupingRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const rules = await listGroupingRules({ ctx: contextOf(c) });
    return c.json({ data: rules.map(viewRule) }, 200);
  })
  .openapi(createRuleRoute, async (c) => {
    const rule = await createGroupingRule({ ctx: contextOf(c), input: c.req.valid('json') });
    return c.json(viewRule(rule), 201);
  })
  .openapi(previewRoute, async (c) => {
    return c.json(await previewGrouping({ ctx: contextOf(c), input: c.req.valid('json') }), 200);
  })
  .openapi(getRoute, async (c) => {
    const rule = await getGroupingRule({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.json(viewRule(rule), 200);
  })
  .openapi(patchRoute, async (c) => {
    const input = { ...c.req.valid('param'), patch: c.req.valid('json') };
    return c.json(viewRule(await updateGroupingRule({ ctx: contextOf(c), input })), 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteGroupingRule({ ctx: contextOf(c), input: c.req.valid('param') });
    return c.body(null, 204);
  });
