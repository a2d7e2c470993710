import { env } from 'cloudflare:workers';
import { call, expectStatus } from './client.ts';

const EVENT = `INSERT INTO events (timestamp, source, event_type, severity, description, attributes, submitted_by,
  request_id, origin, alert_state) SELECT ?1, ?2, 'scan', 'high', 'Port scan detected', '{}', 'user:x', 'r',
  '{"country":null,"asn":null,"colo":null}', 'pending' FROM n`;

const ALERT = `INSERT INTO alerts (event_id, severity, first_seen, last_seen, created_at)
  SELECT id, severity, timestamp, timestamp, timestamp FROM events WHERE alert_state = 'pending' ORDER BY id RETURNING id`;

const DONE = `UPDATE events SET alert_state = 'done',
  alert_id = (SELECT alerts.id FROM alerts WHERE event_id = events.id) WHERE alert_state = 'pending'`;

/** So many open alerts of High events of this source, made by SQL; their ids. */
export async function manyAlerts(count: number, source: string): Promise<number[]> {
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) `;
  const [, alerts] = await env.DB.batch<{ id: number }>([
    env.DB.prepare(numbers + EVENT).bind(Date.now(), source),
    env.DB.prepare(ALERT),
    env.DB.prepare(DONE),
  ]);
  return (alerts?.results ?? []).map(({ id }) => id);
}

/** Does something to an alert: `actOn(token, 3, 'resolve')`. */
export async function actOn(token: string, id: number, action: string, body?: unknown): Promise<Response> {
  return call('POST', `/api/v1/alerts/${id}/${action}`, { token, body });
}

/** An alert as it is now. */
export async function alertNow(token: string, id: number) {
  return expectStatus(await call('GET', `/api/v1/alerts/${id}`, { token }), 200);
}
