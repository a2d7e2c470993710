import { createRoute, z } from '@hono/zod-openapi';
import { guard } from '../http/authorize.ts';
import { limitBody, unpackBody } from '../http/body.ts';
import { json, problems } from '../http/openapi.ts';
import { countEvents } from '../http/rate-limit.ts';
import { contextOf } from '../http/request-context.ts';
import { newRouter } from '../http/router.ts';
import { batchResult, MAX_BATCH_EVENTS } from './contract.ts';
import { ingestBatch } from './ingest-batch.ts';
import { readArray, readNdjson } from './read-batch.ts';

const BATCH_BYTES = 2_000_000;

const batchRoute = createRoute({
  method: 'post',
  path: '/events/batch',
  tags: ['Events'],
  summary: 'Post up to 1,000 events',
  description:
    'A JSON array, or NDJSON with an event a line; `Content-Encoding: gzip` allowed; 2 MB at most, packed and unpacked. ' +
    'Good events are stored and the others named in `rejected`. 400 when none is good: then nothing is stored.',
  operationId: 'postEventBatch',
  ...guard('event.post'),
  request: {
    body: {
      content: {
        'application/json': {
          schema: z.array(z.unknown()).openapi({
            items: { $ref: '#/components/schemas/NewEvent' },
            maxItems: 1000,
            example: [
              { source: 'fw-1', event_type: 'login_failure', severity: 'low' },
              { source: 'fw-1', event_type: 'intrusion', severity: 'high', description: 'Known exploit seen' },
            ],
          }),
        },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One event a line.' }) },
      },
    },
  },
  responses: { 200: json(batchResult, 'What became of each.'), ...problems(400, 401, 403, 413, 415, 503) },
});

const router = newRouter();
router.use('/events/batch', limitBody(BATCH_BYTES), unpackBody(BATCH_BYTES));

export const eventBatchRoutes = router.openapi(batchRoute, async (c) => {
  const sent = c.req.valid('json');
  const input = Array.isArray(sent) ? readArray(sent) : readNdjson(new TextDecoder().decode(await c.req.arrayBuffer()));
  await countEvents(c, Math.min(input.length, MAX_BATCH_EVENTS));
  return c.json(await ingestBatch({ ctx: contextOf(c), input }), 200);
});
