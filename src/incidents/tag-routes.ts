import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { idParams } from '../http/fields.ts';
import { etag, etagHeader, ifMatchHeader } from '../http/if-match.ts';
import { json, jsonBody, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { addTags } from './add-tags.ts';
import { incidentView, MAX_TAGS, viewIncident } from './contract.ts';
import { listTags } from './list-tags.ts';
import { removeTag } from './remove-tag.ts';
import { newTags, tagList, tagParams, tagQuery } from './tag-contract.ts';

const tags = ['Incidents'];
const changed = { ...json(incidentView, 'The incident as it is now.'), headers: etagHeader };

const listRoute = createRoute({
  method: 'get',
  path: '/tags',
  tags,
  summary: 'List tags',
  description: 'With the number of incidents that have them, the most used first; 1,000 at most.',
  operationId: 'listTags',
  ...guard('incident.read'),
  request: { query: tagQuery },
  responses: { 200: json(tagList, 'The tags.'), ...problems(400, 401, 403, 503) },
});

const addRoute = createRoute({
  method: 'post',
  path: '/incidents/{id}/tags',
  tags,
  summary: 'Add tags to an incident',
  description:
    'To those that it has: of two who do it at once, nothing is lost. Adding what is there changes nothing. More than ' +
    `${MAX_TAGS} in all is 409.`,
  operationId: 'addTags',
  ...guard('incident.change'),
  request: { params: idParams, headers: ifMatchHeader, body: jsonBody(newTags) },
  responses: { 200: changed, ...problems(400, 401, 403, 404, 409, 412, 413, 415, 503) },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/incidents/{id}/tags/{tag}',
  tags,
  summary: 'Remove a tag from an incident',
  description: '404 when the incident does not have it.',
  operationId: 'removeTag',
  ...guard('incident.change'),
  request: { params: tagParams, headers: ifMatchHeader },
  responses: { 200: changed, ...problems(400, 401, 403, 404, 412, 503) },
});

export const tagRoutes = newRouter()
  .openapi(listRoute, async (c) => {
    const data = await listTags({ ctx: contextOf(c), input: c.req.valid('query') });
    return c.json({ data: data.map(({ tag, incidents }) => ({ tag, incidents })) }, 200);
  })
  .openapi(addRoute, async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await addTags({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  })
  .openapi(removeRoute, async (c) => {
    const input = { ...c.req.valid('param'), ifMatch: c.req.valid('header')['if-match'] };
    const incident = await removeTag({ ctx: contextOf(c), input });
    return c.json(viewIncident(incident), 200, { ETag: etag(incident.version) });
  });
