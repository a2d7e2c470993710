import { env } from 'cloudflare:workers';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actOn, alertNow, manyAlerts } from '../support/alerts.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { alertOf, auditOf, posted } from '../support/events.ts';
import { dbFailingAtStatement, everyRow } from '../support/failing-statement.ts';
import { alertsOf, eventRow, owing, policyFor, ruled, silenced } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { callWith, deliver, raise, runCron } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

/** Posts High events and raises for them in one delivery; their ids. */
async function came(...events: Record<string, unknown>[]): Promise<number[]> {
  const ids = await owing(admin, ...events);
  await deliver([raise(...ids)]);
  return ids;
}

const resolve = async (id: number) => expectStatus(await actOn(admin, id, 'resolve'), 200);
const reopen = async (id: number) =>
  expectStatus(await call('PATCH', `/api/v1/alerts/${id}`, { token: admin, body: { status: 'open' } }), 200);

describe('events that share a dedup_key', () => {
  it('have one open alert, which counts them, keeps first and last seen, and the highest severity', async () => {
    const [first = 0, second = 0] = await came({ dedup_key: 'disk' }, { dedup_key: 'disk' });
    const [opened] = await alertsOf(admin, 'disk');
    expect(opened).toMatchObject({ event: { id: first }, event_count: 2, severity: 'high', version: 1 });
    const [third = 0] = await came({ dedup_key: 'disk', severity: 'critical' });
    await came({ dedup_key: 'disk' });
    const [alert, ...others] = await alertsOf(admin, 'disk');
    expect(others).toEqual([]);
    const { timestamp } = await expectStatus(await call('GET', `/api/v1/events/${third}`, { token: admin }), 200);
    expect(alert).toMatchObject({
      ...{ id: opened.id, event: { id: first }, event_count: 4, severity: 'critical', version: 3 },
      ...{ first_seen: opened.first_seen, previous_id: null, recurrences: 0, flapping: false },
    });
    expect(alert.last_seen >= timestamp).toBe(true);
    for (const id of [first, second, third]) {
      expect(await eventRow(id)).toMatchObject({ alert_state: 'done', alert_id: alert.id });
    }
  });

  it('leave one audit row a delivery, which names the alerts that were raised and those that were joined', async () => {
    await came({ dedup_key: 'audited' });
    const before = (await auditOf('alerts')).length;
    const [, alone = 0] = await came({ dedup_key: 'audited' }, {}, { dedup_key: 'audited-2' });
    const rows = (await auditOf('alerts')).slice(before);
    const [[joined], [raised]] = [await alertsOf(admin, 'audited'), await alertsOf(admin, 'audited-2')];
    const own = await alertOf(admin, alone);
    expect(rows.map(({ after }) => after)).toEqual([{ alerts: [own.id, raised.id], joined: [joined.id] }]);
  });

  it('are counted once by two who raise at once, by the queue again and by the sweep', async () => {
    await came({ dedup_key: 'race' });
    const ids = await owing(admin, ...Array.from({ length: 30 }, (_, n) => ({ dedup_key: n % 3 ? 'race' : 'race-2' })));
    const half = ids.slice(10);
    await Promise.all([deliver([raise(...ids)]), deliver([raise(...half), raise(...ids)]), runCron()]);
    await deliver([raise(...ids)]);
    const counts = await Promise.all(['race', 'race-2'].map((key) => alertsOf(admin, key)));
    expect(counts.map((alerts) => alerts.map(({ event_count }) => event_count))).toEqual([[21], [10]]);
  });

  it('open a new alert after theirs was resolved, which tells the one before and flaps from the third on', async () => {
    for (let round = 0; round < 4; round++) {
      await came({ dedup_key: 'flap' });
      const alerts = await alertsOf(admin, 'flap');
      expect(alerts).toHaveLength(round + 1);
      expect(alerts.at(-1)).toMatchObject({
        ...{ status: 'open', event_count: 1, recurrences: round, flapping: round >= 3 },
        previous_id: alerts.at(-2)?.id ?? null,
      });
      await resolve(alerts.at(-1).id);
    }
    await env.DB.prepare("UPDATE alerts SET created_at = created_at - 90000000 WHERE dedup_key = 'flap'").run();
    await came({ dedup_key: 'flap' });
    expect((await alertsOf(admin, 'flap')).at(-1)).toMatchObject({ recurrences: 0, flapping: false });
  });

  it('join the alert that was reopened, unless another one of the key is open', async () => {
    await came({ dedup_key: 'again' });
    const [first] = await alertsOf(admin, 'again');
    await resolve(first.id);
    await reopen(first.id);
    await came({ dedup_key: 'again' });
    expect(await alertsOf(admin, 'again')).toMatchObject([{ id: first.id, event_count: 2 }]);
    await resolve(first.id);
    await came({ dedup_key: 'again' });
    await reopen(first.id);
    await came({ dedup_key: 'again' });
    expect(await alertsOf(admin, 'again')).toMatchObject([
      { status: 'open', event_count: 2 },
      { status: 'open', event_count: 2, previous_id: first.id },
    ]);
  });

  it('leave acknowledging and assigning to people: the alert goes on counting', async () => {
    await came({ dedup_key: 'seen' });
    const [alert] = await alertsOf(admin, 'seen');
    await expectStatus(await actOn(admin, alert.id, 'acknowledge'), 200);
    await came({ dedup_key: 'seen' });
    expect(await alertsOf(admin, 'seen')).toMatchObject([{ status: 'acknowledged', event_count: 2 }]);
  });
});

describe('a grouping rule', () => {
  it('gives events without a key one of its fields, and those with a key keep theirs', async () => {
    const { id } = await ruled(admin, {
      matchers: [{ field: 'source', op: 'starts_with', value: 'ruled-' }],
      fields: ['source', 'attributes.host.name'],
    });
    const of = (host: unknown, more = {}) => ({ source: 'ruled-1', attributes: { host }, ...more });
    const ids = await came(
      of({ name: 'web' }),
      of({ name: 'web' }),
      of({ name: 'db' }),
      of({ name: 'db' }, { dedup_key: 'own' }),
    );
    const rows = await Promise.all(ids.map(eventRow));
    const keys = rows.map((row) => row?.dedup_key);
    const web = `rule:${id} {"source":"ruled-1","attributes.host.name":"web"}`;
    expect(keys).toEqual([web, web, web.replace('web', 'db'), 'own']);
    expect(await alertsOf(admin, web)).toMatchObject([{ event_count: 2, dedup_key: web }]);
    const [long = 0] = await came(of({ name: 'x'.repeat(300) }));
    expect((await eventRow(long))?.dedup_key).toMatch(new RegExp(`^rule:${id} [\\w-]{43}$`));
  });

  it('lets an alert take no more when no event came for its window: it stays open, and a new one opens', async () => {
    const matchers = [{ field: 'source', op: 'eq', value: 'windowed' }];
    const { id } = await ruled(admin, { matchers, window_seconds: 600 });
    const key = `rule:${id} {"source":"windowed"}`;
    await came({ source: 'windowed' });
    const sinceLast = (ms: number) =>
      env.DB.prepare('UPDATE alerts SET last_seen = last_seen - ? WHERE dedup_key = ?').bind(ms, key).run();
    await sinceLast(500_000);
    await came({ source: 'windowed' });
    expect(await alertsOf(admin, key)).toMatchObject([{ event_count: 2 }]);
    await sinceLast(700_000);
    await came({ source: 'windowed' });
    const [first, second] = await alertsOf(admin, key);
    expect(first).toMatchObject({ status: 'open', event_count: 2 });
    expect(second).toMatchObject({ status: 'open', event_count: 1, previous_id: first.id, recurrences: 1 });
  });

  it('groups what is raised to High later, in the batch of its change', async () => {
    await ruled(admin, { matchers: [{ field: 'event_type', op: 'eq', value: 'late' }] });
    const [first = 0] = await came({ source: 'late-1', event_type: 'late' });
    const { id } = await posted(admin, { source: 'other', event_type: 'else' });
    const patch = { severity: 'critical', source: 'late-1', event_type: 'late' };
    const changed = await call('PATCH', `/api/v1/events/${id}`, { token: admin, body: patch });
    const event = await expectStatus(changed, 200);
    expect(await alertOf(admin, id)).toMatchObject({ event: { id: first }, event_count: 2, severity: 'critical' });
    expect(event).toMatchObject({ alert_id: expect.any(Number), dedup_key: expect.stringContaining('late-1') });
  });
});

describe('a silenced event', () => {
  it('is stored and counted, raises no alert, and is told of in the audit row', async () => {
    const silence = await silenced('quiet');
    const before = (await auditOf('alerts')).length;
    const ids = await owing(admin, { source: 'quiet' }, { source: 'quiet', dedup_key: 'q' }, { source: 'loud' });
    await Promise.all([deliver([raise(...ids)]), deliver([raise(...ids)])]);
    const rows = await Promise.all(ids.map(eventRow));
    expect(rows.slice(0, 2)).toMatchObject(
      [0, 1].map(() => ({ alert_state: 'suppressed', alert_id: null, silence_id: silence })),
    );
    expect(rows[2]).toMatchObject({ alert_state: 'done', silence_id: null });
    const count = env.DB.prepare('SELECT suppressed_count FROM silences WHERE id = ?').bind(silence);
    expect(await count.first('suppressed_count')).toBe(2);
    const after = (await auditOf('alerts')).slice(before).map((row) => row.after);
    expect(after).toEqual([{ alerts: [rows[2]?.alert_id], suppressed: { [silence]: 2 } }]);
    await came({ source: 'quiet' });
    expect(await count.first('suppressed_count')).toBe(3);
  });
});

describe('a policy', () => {
  const escalationsOf = async (alertId: number) =>
    (await env.DB.prepare('SELECT * FROM escalations WHERE alert_id = ?').bind(alertId).all()).results;

  it('sets targets by the severity of the alert and starts one escalation for it, whatever joins', async () => {
    const policy = await policyFor('watched');
    await came({ source: 'watched', dedup_key: 'w' }, { source: 'watched', dedup_key: 'w', severity: 'critical' });
    const [own = 0] = await came({ source: 'watched' }, { source: 'watched', dedup_key: 'w' });
    const [alert] = await alertsOf(admin, 'w');
    const raisedAt = Date.parse(alert.created_at);
    const in_ = (seconds: number) => new Date(raisedAt + seconds * 1000).toISOString();
    expect(alert).toMatchObject({
      ...{ event_count: 3, acknowledge_by: in_(300), resolve_by: in_(3_600) },
      ...{ acknowledge_breached: false, resolve_breached: false },
    });
    expect(await escalationsOf(alert.id)).toMatchObject([{ policy_id: policy, step: 0, due_at: raisedAt + 60_000 }]);
    const alone = await alertOf(admin, own);
    expect(alone.acknowledge_by).toBe(new Date(Date.parse(alone.created_at) + 600_000).toISOString());
    expect(alone.resolve_by).toBeNull();
    expect(await escalationsOf(alone.id)).toHaveLength(1);
  });

  it('is asked for by a message that comes when there is first something to do', async () => {
    await policyFor('sent');
    const sent: unknown[] = [];
    const queue = { send: async (...args: unknown[]) => void sent.push(args) } as unknown as Queue;
    const [id = 0] = await owing(admin, { source: 'sent' });
    await deliver([raise(id)], { bindings: { ALERT_QUEUE: queue } });
    const alert = await alertOf(admin, id);
    expect(sent).toEqual([[{ type: 'escalate', alert_ids: [alert.id] }, { delaySeconds: 60 }]]);
  });
});

describe('the list of events', () => {
  const listed = async (query: string, bindings: Partial<Env> = {}) => {
    const page = await expectStatus(await callWith('GET', `/api/v1/events?${query}`, { token: admin, bindings }), 200);
    return page.data.map(({ id }: { id: number }) => id);
  };

  it('shows those of an alert, newest first, reading no others', async () => {
    const ids = await came(...Array.from({ length: 5 }, (_, n) => ({ dedup_key: 'listed', source: `s${n}` })));
    const [alone = 0] = await came({});
    const [alert] = await alertsOf(admin, 'listed');
    const { db, cost } = countedDb(env.DB);
    expect(await listed(`alert=${alert.id}`, { DB: db })).toEqual(ids.toReversed());
    expect(cost.rowsRead).toBeLessThanOrEqual(30);
    expect(await listed(`alert=${alert.id}&source=s3`)).toEqual([ids[3]]);
    expect(await listed(`alert=${alert.id}&sort_order=asc&limit=2`)).toEqual(ids.slice(0, 2));
    expect(await listed(`alert=${(await alertOf(admin, alone)).id}`)).toEqual([alone]);
    expect(await listed('alert=999999')).toEqual([]);
  });

  it('shows those that a silence suppressed', async () => {
    const silence = await silenced('hushed');
    const ids = await came({ source: 'hushed' }, { source: 'heard' }, { source: 'hushed' });
    expect(await listed(`silence=${silence}`)).toEqual([ids[2], ids[0]]);
    expect(await listed(`silence=${silence}&page=1`)).toHaveLength(2);
  });
});

describe('deleting', () => {
  it('an event leaves the alert of others, and the oldest of them stands for the one that raised it', async () => {
    const ids = await came({ dedup_key: 'thin' }, { dedup_key: 'thin' }, { dedup_key: 'thin' });
    const [alert] = await alertsOf(admin, 'thin');
    const remove = async (id = 0) => expectStatus(await call('DELETE', `/api/v1/events/${id}`, { token: admin }), 204);
    await remove(ids[2]);
    expect(await alertNow(admin, alert.id)).toMatchObject({ event: { id: ids[0] }, event_count: 2 });
    await remove(ids[0]);
    expect(await alertNow(admin, alert.id)).toMatchObject({ event: { id: ids[1] }, event_count: 1, version: 3 });
    expect((await auditOf(`alert:${alert.id}`)).map(({ action }) => action)).toEqual(
      Array.from({ length: 2 }, () => 'alert.follow_event'),
    );
    await remove(ids[1]);
    await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 404);
  });

  it('an alert leaves its events, of which none owes another', async () => {
    const ids = await came({ dedup_key: 'gone' }, { dedup_key: 'gone' });
    const [alert] = await alertsOf(admin, 'gone');
    await manyAlerts(500, 'beside');
    const { db, cost } = countedDb(env.DB);
    const bindings = { DB: db };
    await expectStatus(await callWith('DELETE', `/api/v1/alerts/${alert.id}`, { token: admin, bindings }), 204);
    expect(cost.rowsRead).toBeLessThan(100);
    for (const id of ids) expect(await eventRow(id)).toMatchObject({ alert_state: 'done', alert_id: null });
    await came({ dedup_key: 'gone' });
    expect(await alertsOf(admin, 'gone')).toMatchObject([{ event_count: 1 }]);
  });
});

describe('when the database fails between reading and writing', () => {
  it('at any statement, nothing is written, and the sweep makes good all of it', async () => {
    await silenced('broken');
    await policyFor('fragile');
    await came({ dedup_key: 'half' });
    const events = [{ dedup_key: 'half', severity: 'critical' }, { source: 'fragile' }, { source: 'broken' }];
    const ids = await owing(admin, ...events);
    for (let n = 1; ; n++) {
      const { db, executed } = dbFailingAtStatement(n);
      const before = await everyRow();
      const { retryMessages } = await deliver([raise(...ids)], { bindings: { DB: db } });
      if (retryMessages.length === 0) {
        expect(executed.length).toBeGreaterThan(10);
        break;
      }
      expect(isDeepStrictEqual(await everyRow(), before)).toBe(true);
    }
    expect(await alertsOf(admin, 'half')).toMatchObject([{ event_count: 2, severity: 'critical' }]);
    const late = await owing(admin, ...events);
    await deliver([raise(...late)], { bindings: { DB: dbFailingAtStatement(6).db } });
    await runCron();
    expect(await alertsOf(admin, 'half')).toMatchObject([{ event_count: 3 }]);
    const states = await Promise.all(late.map(async (id) => (await eventRow(id))?.alert_state));
    expect(states).toEqual(['done', 'done', 'suppressed']);
  });
});

describe('the counts of reports', () => {
  it('follow the severity of an alert that rises when others join, and cost nothing when none does', async () => {
    await came({ dedup_key: 'rise' }, { dedup_key: 'rise-2' });
    await runCron();
    await makeFoldDue();
    await runCron();
    await manyAlerts(500, 'others');
    const { db, cost, reset } = countedDb(env.DB);
    const joins = async (...events: object[]) => {
      const ids = await owing(admin, ...(events as Record<string, unknown>[]));
      reset();
      await deliver([raise(...ids)], { bindings: { DB: db } });
    };
    await joins({ dedup_key: 'rise' }, { dedup_key: 'rise' });
    // The alert, the audit row, and the mark and the index of each event.
    expect(cost).toMatchObject({ calls: 2, rowsWritten: 1 + 1 + 2 * 2 });
    await joins({ dedup_key: 'rise', severity: 'critical' }, { dedup_key: 'rise-2' });
    expect(cost.rowsWritten).toBeGreaterThan(2 + 1 + 2 * 2);
    // None of the others.
    expect(cost.rowsRead).toBeLessThan(200);
    for (const { table, stored, recounted } of await rollupsAndRecount()) {
      expect({ table, counts: stored }).toEqual({ table, counts: recounted });
    }
    expect(await alertsOf(admin, 'rise')).toMatchObject([{ severity: 'critical', event_count: 4 }]);
  });

  it('are right, too, when an admin lowered it before', async () => {
    const [alert] = await alertsOf(admin, 'rise');
    const body = { severity: 'low' };
    await expectStatus(
      await callWith('PATCH', `/api/v1/alerts/${alert.id}`, { token: admin, body, bindings: {} }),
      200,
    );
    await came({ dedup_key: 'rise' });
    expect(await alertNow(admin, alert.id)).toMatchObject({ severity: 'high' });
    for (const { stored, recounted } of await rollupsAndRecount()) expect(stored).toEqual(recounted);
  });
});
