import { createRoute, z } from '@hono/zod-openapi';
import { checkHealth } from '../alerts/check-health.ts';
import { guard } from './authorize.ts';
import { json, problems } from './openapi.ts';
import { contextOf } from './request-context.ts';
import { newRouter } from './router.ts';

const health = z
  .strictObject({
    status: z.literal('ok'),
    oldest_pending_seconds: z.number().int().openapi({
      description:
        'Age of the oldest event that owes an alert. Seldom above 5; above 120 the queue and the cron both stand still.',
    }),
  })
  .openapi('Health');

const route = createRoute({
  method: 'get',
  path: '/health',
  tags: ['Service'],
  summary: 'Health',
  description: 'Reads one row of the database; 503 while that is overloaded or out of reach.',
  operationId: 'getHealth',
  ...guard('public'),
  request: { query: z.strictObject({}) },
  responses: { 200: json(health, 'The database answers.'), ...problems(400, 503) },
});

export const healthRoutes = newRouter().openapi(route, async (c) => {
  const oldestPendingSeconds = await checkHealth({ ctx: contextOf(c) });
  return c.json({ status: 'ok' as const, oldest_pending_seconds: oldestPendingSeconds }, 200);
});
