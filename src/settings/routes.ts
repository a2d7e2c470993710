import { createRoute } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { json, problems } from '../http/openapi.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { settingsView, viewSettings } from './contract.ts';
import { getSettings } from './get-settings.ts';

const getRoute = createRoute({
  method: 'get',
  path: '/settings',
  tags: ['Service'],
  summary: 'Get the settings',
  description:
    'What is in force, in groups, with the name of the variable that changes it. Settings are changed in ' +
    '`wrangler.toml`, by a deploy. Of secrets it only says whether they are set.',
  operationId: 'getSettings',
  ...guard('settings.read'),
  responses: { 200: json(settingsView, 'The settings.'), ...problems(400, 401, 403, 503) },
});

export const settingsRoutes = newRouter().openapi(getRoute, async (c) => {
  return c.json(viewSettings(await getSettings({ ctx: contextOf(c) })), 200);
});
