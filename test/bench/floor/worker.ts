import { DurableObject } from 'cloudflare:workers';
import { listAlerts } from './alerts.ts';
import { getEvent, postBatch, postEvent } from './events.ts';
import { searchIncidents } from './incidents.ts';
import { raise } from './raise.ts';
import { isGood } from './token.ts';

/** `wrangler.toml` names it; nothing that is measured needs it. */
export class LiveHub extends DurableObject {}

/**
 * The floor: the least that a correct program does for the measured requests, in the same database and with the same
 * answers. It checks the token and the fields, and nothing that a framework, a schema or a limit would.
 */
export default {
  async fetch(request, env, execution) {
    if (!(await isGood(request.headers.get('Authorization'), env)))
      return Response.json({ status: 401 }, { status: 401 });
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === 'POST') {
      if (pathname === '/api/v1/events') return postEvent({ env, execution, event: await request.json() });
      if (pathname === '/api/v1/events/batch') return postBatch({ env, execution, events: await request.json() });
    } else {
      if (pathname === '/api/v1/alerts') return listAlerts(env.DB, searchParams);
      if (pathname === '/api/v1/incidents') return searchIncidents(env.DB, searchParams);
      const [, id] = pathname.match(/^\/api\/v1\/events\/(\d+)$/) ?? [];
      if (id) return getEvent(env.DB, Number(id));
    }
    return Response.json({ status: 404 }, { status: 404 });
  },
  queue: (batch, env) => raise(batch, env.DB),
} satisfies ExportedHandler<Env>;
