import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actOn, alertNow } from '../support/alerts.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { alertOf } from '../support/events.ts';
import { alertsOf, eventRow, owing, policyFor, silenced } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { callWith, deliver, raise, runCron } from '../support/worker.ts';

let admin: string;
let member: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  member = await signedIn('member');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

/** Posts so many High events of a key, raises for them in one delivery, and answers them with their alert. */
async function grouped(count: number, key = crypto.randomUUID() as string) {
  const ids = await owing(admin, ...Array.from({ length: count }, (_, n) => ({ dedup_key: key, source: `s${n}` })));
  await deliver([raise(...ids)]);
  const [alert] = await alertsOf(admin, key);
  return { ids, key, alert };
}

const remove = (id = 0) => call('DELETE', `/api/v1/events/${id}`, { token: admin });
const removed = async (id = 0) => expectStatus(await remove(id), 204);

async function expectExactCounts() {
  for (const { table, stored, recounted } of await rollupsAndRecount()) {
    expect({ table, counts: stored }).toEqual({ table, counts: recounted });
  }
}

/** Gives events these times, a minute apart each, and their alert the first and the last of them. */
async function spread(ids: number[], alertId: number): Promise<string[]> {
  const start = Date.parse('2026-11-20T09:00:00Z');
  const times = ids.map((_, n) => start + n * 60_000);
  const set = (id: number, at = 0) => env.DB.prepare('UPDATE events SET timestamp = ? WHERE id = ?').bind(at, id);
  const seen = env.DB.prepare('UPDATE alerts SET first_seen = ?, last_seen = ? WHERE id = ?');
  await env.DB.batch([...ids.map((id, n) => set(id, times[n])), seen.bind(times[0], times.at(-1), alertId)]);
  return times.map((time) => new Date(time).toISOString());
}

describe('the events of an alert', () => {
  const list = async (id: number, query = '', bindings: Partial<Env> = {}) =>
    expectStatus(await callWith('GET', `/api/v1/alerts/${id}/events${query}`, { token: member, bindings }), 200);
  const idsOf = ({ data }: { data: { id: number }[] }) => data.map(({ id }) => id);

  it('are listed newest first, by cursor and by number, and each says which alert it joined', async () => {
    const { ids, alert } = await grouped(5);
    await grouped(3);
    const page = await list(alert.id, '?limit=2');
    expect(page).toMatchObject({ limit: 2, page: null, in_cold_store: 0 });
    expect(page.data).toMatchObject(
      ids
        .toReversed()
        .slice(0, 2)
        .map((id) => ({ id, alert_id: alert.id })),
    );
    const next = await list(alert.id, `?limit=3&cursor=${page.next_cursor}`);
    expect(idsOf(next)).toEqual(ids.toReversed().slice(2));
    expect(next.next_cursor).toBeNull();
    expect(await list(alert.id, '?page=1&limit=2')).toMatchObject({ total: 5, total_exact: true });
    expect(idsOf(await list(alert.id, '?source=s3&severity=high'))).toEqual([ids[3]]);
  });

  it('are one without a key, and none of an alert that is not there', async () => {
    const [alone = 0] = await owing(admin, {});
    await deliver([raise(alone)]);
    const alert = await alertOf(admin, alone);
    expect(idsOf(await list(alert.id))).toEqual([alone]);
    await expectStatus(await call('GET', '/api/v1/alerts/999999/events', { token: member }), 404);
    const refused = await call('GET', `/api/v1/alerts/${alert.id}/events?alert=1`, { token: member });
    expect((await expectStatus(refused, 400)).errors).toMatchObject([{ pointer: 'query/alert' }]);
  });

  it('cost a page of rows, however many others there are and however many it has', async () => {
    const { ids, alert } = await grouped(200);
    const { db, cost } = countedDb(env.DB);
    expect(idsOf(await list(alert.id, '?limit=10', { DB: db }))).toEqual(ids.toReversed().slice(0, 10));
    expect(cost).toMatchObject({ calls: 2, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(40);
  });
});

describe('an event that has joined an alert', () => {
  it.each([
    ['PATCH', { dedup_key: null }],
    ['PATCH', { dedup_key: 'another' }],
    ['PUT', { source: 'else', event_type: 'scan', severity: 'low' }],
  ])('keeps its key whatever an admin changes, so that the alert finds it: %s %j', async (method, body) => {
    const { ids, key, alert } = await grouped(2);
    const changed = await call(method, `/api/v1/events/${ids[1]}`, { token: admin, body });
    expect(await expectStatus(changed, 200)).toMatchObject({ dedup_key: key, alert_id: alert.id });
    await removed(ids[0]);
    expect(await alertNow(admin, alert.id)).toMatchObject({ event: { id: ids[1] }, event_count: 1 });
  });

  it('may have another once its alert is deleted', async () => {
    const { ids, alert } = await grouped(1);
    await expectStatus(await call('DELETE', `/api/v1/alerts/${alert.id}`, { token: admin }), 204);
    const body = { dedup_key: 'another' };
    const changed = await call('PATCH', `/api/v1/events/${ids[0]}`, { token: admin, body });
    expect(await expectStatus(changed, 200)).toMatchObject({ dedup_key: 'another', alert_id: null });
  });
});

describe('deleting an event of a grouped alert', () => {
  it('leaves the times of those that are left', async () => {
    const { ids, alert } = await grouped(4);
    const times = await spread(ids, alert.id);
    await removed(ids[1]);
    expect(await alertNow(admin, alert.id)).toMatchObject({ first_seen: times[0], last_seen: times[3] });
    await removed(ids[3]);
    expect(await alertNow(admin, alert.id)).toMatchObject({ first_seen: times[0], last_seen: times[2] });
    await removed(ids[0]);
    const left = { event: { id: ids[2] }, event_count: 1, first_seen: times[2], last_seen: times[2] };
    expect(await alertNow(admin, alert.id)).toMatchObject(left);
    await removed(ids[2]);
    await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 404);
  });

  it('reads no other event unless it was the first or the last', async () => {
    const { ids, alert } = await grouped(300);
    await spread(ids, alert.id);
    const { db, cost } = countedDb(env.DB);
    const path = `/api/v1/events/${ids[150]}`;
    await expectStatus(await callWith('DELETE', path, { token: admin, bindings: { DB: db } }), 204);
    expect(cost.rowsRead).toBeLessThanOrEqual(120);
    expect(await alertNow(admin, alert.id)).toMatchObject({ event_count: 299 });
  });

  it('of two who delete the last two at once leaves neither an alert without event nor the other way round', async () => {
    for (let round = 0; round < 5; round++) {
      const { ids, alert } = await grouped(2);
      const answers = await Promise.all(ids.map(remove));
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 404);
    }
    const orphans = `SELECT (SELECT count(*) FROM alerts WHERE event_id NOT IN (SELECT id FROM events)) AS alerts,
      (SELECT count(*) FROM events WHERE alert_id NOT IN (SELECT id FROM alerts)) AS events`;
    expect(await env.DB.prepare(orphans).first()).toEqual({ alerts: 0, events: 0 });
  });

  it('while others of its key join counts each of them once', async () => {
    const { ids, key } = await grouped(2);
    const more = await owing(admin, ...Array.from({ length: 10 }, () => ({ dedup_key: key })));
    await Promise.all([remove(ids[0]), ...more.map((id) => deliver([raise(id)])), remove(ids[1])]);
    const alerts = await alertsOf(admin, key);
    expect(alerts.reduce((sum, { event_count }) => sum + event_count, 0)).toBe(10);
    for (const id of more) {
      const row = await eventRow(id);
      expect(alerts.map((alert) => alert.id)).toContain(row?.alert_id);
    }
  });

  it('keeps the counts of reports right, and so does deleting the alert', async () => {
    const [one, two] = [await grouped(3), await grouped(2)];
    await runCron();
    await makeFoldDue();
    await runCron();
    await removed(one.ids[0]);
    await removed(one.ids[2]);
    await expectExactCounts();
    await removed(one.ids[1]);
    await expectStatus(await call('DELETE', `/api/v1/alerts/${two.alert.id}`, { token: admin }), 204);
    await expectExactCounts();
    for (const id of two.ids) expect(await eventRow(id)).toMatchObject({ alert_state: 'done', alert_id: null });
  });
});

describe('the filters', () => {
  const listed = async (path: string) =>
    (await expectStatus(await call('GET', `/api/v1/${path}`, { token: member }), 200)).data.map(
      ({ id }: { id: number }) => id,
    );

  it('of events find a key and a silence, which an event names; exports take them, too', async () => {
    const silence = await silenced('hush');
    const { ids, key } = await grouped(3);
    const quiet = await owing(admin, { source: 'hush', dedup_key: key }, { source: 'hush' });
    await deliver([raise(...quiet)]);
    expect(await listed(`events?dedup_key=${key}`)).toEqual([quiet[0], ...ids.toReversed()]);
    expect(await listed(`events?dedup_key=${key}&silence=${silence}`)).toEqual([quiet[0]]);
    const { data } = await expectStatus(await call('GET', `/api/v1/events?silence=${silence}`, { token: member }), 200);
    expect(data.map(({ silence_id }: { silence_id: number }) => silence_id)).toEqual([silence, silence]);
    const csv = await (
      await call('GET', `/api/v1/events/export?format=csv&dedup_key=${key}&silence=${silence}`, { token: member })
    ).text();
    const [header = '', row = '', ...rest] = csv.trim().split('\r\n');
    expect(header.split(',').at(-1)).toBe('silence_id');
    expect(row.split(',').at(-1)).toBe(String(silence));
    expect(rest).toEqual([]);
  });

  it('of alerts find a key, with the incident and the state that it is in', async () => {
    const { key, alert } = await grouped(2);
    await expectStatus(await actOn(admin, alert.id, 'resolve'), 200);
    const { alert: first } = await grouped(1, key);
    const [, second] = await alertsOf(admin, key);
    expect(first.id).toBe(alert.id);
    expect(await listed(`alerts?dedup_key=${key}`)).toEqual([second.id, alert.id]);
    expect(await listed(`alerts?dedup_key=${key}&status=open`)).toEqual([second.id]);
    const incident = await expectStatus(await actOn(admin, second.id, 'promote'), 201);
    expect(await listed(`alerts?dedup_key=${key}&incident=${incident.id}`)).toEqual([second.id]);
    expect(await listed(`alerts?dedup_key=none&incident=${incident.id}`)).toEqual([]);
    expect(await listed(`incidents/${incident.id}/alerts?dedup_key=${key}`)).toEqual([second.id]);
  });

  it('of alerts find what flaps and what missed a target, and what does not', async () => {
    await policyFor('slow');
    const [late = 0] = await owing(admin, { source: 'slow' });
    await deliver([raise(late)]);
    const slow = await alertOf(admin, late);
    const { alert } = await grouped(1);
    await env.DB.batch([
      env.DB.prepare('UPDATE alerts SET resolve_breached_at = 1 WHERE id = ?').bind(slow.id),
      env.DB.prepare('UPDATE alerts SET recurrences = 3 WHERE id = ?').bind(alert.id),
    ]);
    const both = `id=${slow.id},${alert.id}`;
    expect(await listed(`alerts?${both}&breached=true`)).toEqual([slow.id]);
    expect(await listed(`alerts?${both}&breached=FALSE`)).toEqual([alert.id]);
    expect(await listed(`alerts?${both}&flapping=true`)).toEqual([alert.id]);
    expect(await listed(`alerts?${both}&flapping=false`)).toEqual([slow.id]);
    for (const field of ['breached', 'flapping']) {
      const refused = await expectStatus(await call('GET', `/api/v1/alerts?${field}=yes`, { token: member }), 400);
      expect(refused.errors).toMatchObject([{ pointer: `query/${field}` }]);
    }
    const body = { action: 'acknowledge', filter: { flapping: true, dedup_key: alert.dedup_key } };
    const done = await expectStatus(await call('POST', '/api/v1/alerts/bulk', { token: admin, body }), 200);
    expect(done).toMatchObject({ done: 1, failed: 0, more: false, results: [{ id: alert.id, outcome: 'done' }] });
  });
});
