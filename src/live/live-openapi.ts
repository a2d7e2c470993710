import { z } from '@hono/zod-openapi';
import { changeView, noticeView } from './contract.ts';

const message = z.union([noticeView, changeView]);

/** The answers of a live connection, for the API reference. */
export const liveResponses = {
  101: { description: 'A WebSocket. Each message is JSON, as the events below have it.' },
  200: {
    description: 'Events without end. `data` is JSON, `id` is its cursor; comments come every 15 seconds.',
    content: { 'text/event-stream': { schema: message } },
  },
};
