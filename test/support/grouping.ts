import { env } from 'cloudflare:workers';
import { database } from '../../src/db/client.ts';
import { escalationPolicies } from '../../src/escalation/table.ts';
import { silences } from '../../src/silences/table.ts';
import { call, expectStatus } from './client.ts';
import { SCAN } from './events.ts';
import { callWith, silentQueue } from './worker.ts';

type Fields = Record<string, unknown>;

/** Posts High events of which no message is sent; their ids. */
export async function owing(token: string, ...events: Fields[]): Promise<number[]> {
  const body = events.map((fields) => ({ ...SCAN, severity: 'high', ...fields }));
  const newest = () => env.DB.prepare('SELECT coalesce(max(id), 0) AS id FROM events').first<number>('id');
  const before = await newest();
  const bindings = { ALERT_QUEUE: silentQueue };
  await expectStatus(await callWith('POST', '/api/v1/events/batch', { token, body, bindings }), 200);
  const { results } = await env.DB.prepare('SELECT id FROM events WHERE id > ? ORDER BY id')
    .bind(before)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Adds a grouping rule and answers it. */
export async function ruled(token: string, fields: Fields = {}) {
  const body = { name: 'By source', fields: ['source'], ...fields };
  return expectStatus(await call('POST', '/api/v1/grouping-rules', { token, body }), 201);
}

/** A silence of what comes from a source, an hour around now; its id. */
export async function silenced(source: string): Promise<number> {
  const now = Date.now();
  const [silence] = await database(env.DB)
    .insert(silences)
    .values({
      reason: 'Upgrade',
      matchers: [{ field: 'source', op: 'eq', value: source }],
      startsAt: new Date(now - 1_800_000),
      endsAt: new Date(now + 1_800_000),
      createdBy: 'user:admin',
      createdAt: new Date(now - 1_800_000),
    })
    .returning({ id: silences.id });
  return silence?.id ?? 0;
}

/** A policy for what comes from a source: a step after a minute, and targets for Critical and High; its id. */
export async function policyFor(source: string): Promise<number> {
  const now = new Date();
  const [policy] = await database(env.DB)
    .insert(escalationPolicies)
    .values({
      name: source,
      position: 1,
      matchers: [{ field: 'source', op: 'eq', value: source }],
      steps: [{ afterSeconds: 60, channelIds: [] }],
      repeatCount: 0,
      repeatAfterSeconds: 600,
      targets: {
        critical: { acknowledgeSeconds: 300, resolveSeconds: 3_600 },
        high: { acknowledgeSeconds: 600, resolveSeconds: null },
      },
      enabled: true,
      createdBy: 'user:admin',
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: escalationPolicies.id });
  return policy?.id ?? 0;
}

/** The alerts of a key, oldest first. */
export async function alertsOf(token: string, key: string) {
  const { results } = await env.DB.prepare('SELECT id FROM alerts WHERE dedup_key = ? ORDER BY id')
    .bind(key)
    .all<{ id: number }>();
  const read = ({ id }: { id: number }) => call('GET', `/api/v1/alerts/${id}`, { token });
  return Promise.all(results.map(async (row) => expectStatus(await read(row), 200)));
}

/** What the database holds of an event beyond its view. */
export async function eventRow(id: number) {
  const columns = 'alert_state, alert_id, silence_id, dedup_key';
  return env.DB.prepare(`SELECT ${columns} FROM events WHERE id = ?`).bind(id).first<Record<string, unknown>>();
}
