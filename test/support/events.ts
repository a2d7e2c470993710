import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { call, expectStatus } from './client.ts';
import { deliver, raise } from './worker.ts';

/** What the smallest good event says. */
export const SCAN = { source: 'sensor-1', event_type: 'scan', severity: 'low', description: 'Port scan detected' };

type Fields = Record<string, unknown>;

/** Posts an event and answers it as stored. */
export async function posted(token: string, fields: Fields = {}) {
  return expectStatus(await call('POST', '/api/v1/events', { token, body: { ...SCAN, ...fields } }), 201);
}

/** How many events are stored. */
export async function storedEvents(): Promise<number> {
  return (await env.DB.prepare('SELECT count(*) FROM events').first<number>('count(*)')) ?? 0;
}

/** How many alerts are stored of this event, or of all. */
export async function storedAlerts(eventId?: number): Promise<number> {
  const statement = env.DB.prepare('SELECT count(*) FROM alerts WHERE ? IS NULL OR event_id = ?');
  return (await statement.bind(eventId ?? null, eventId ?? null).first<number>('count(*)')) ?? 0;
}

/** The alert of a new High event, raised at once. */
export async function raised(token: string, fields: Fields = {}) {
  const { id } = await posted(token, { severity: 'high', ...fields });
  await deliver([raise(id)]);
  return alertOf(token, id);
}

/** The alert of an event, once the queue has raised it: within five seconds. */
export async function alertOf(token: string, eventId: number) {
  const alertId = await vi.waitUntil(
    async () => (await expectStatus(await call('GET', `/api/v1/events/${eventId}`, { token }), 200)).alert_id,
    { timeout: 5_000, interval: 50 },
  );
  return expectStatus(await call('GET', `/api/v1/alerts/${alertId}`, { token }), 200);
}

type AuditRow = { actor: string; action: string; target: string; before: Fields | null; after: Fields | null };

/** The audit rows of a thing, `event:3` or `alert:1`, oldest first. */
export async function auditOf(target: string): Promise<AuditRow[]> {
  const { results } = await env.DB.prepare('SELECT * FROM audit_rows WHERE target = ? ORDER BY id')
    .bind(target)
    .all<Record<string, string>>();
  return results.map(({ actor = '', action = '', target: on = '', before, after }) => ({
    actor,
    action,
    target: on,
    before: before ? JSON.parse(before) : null,
    after: after ? JSON.parse(after) : null,
  }));
}
