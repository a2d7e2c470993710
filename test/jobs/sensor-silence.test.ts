import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchSilentSensors } from '../../src/sensors/watch-silent-sensors.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { alertOf, auditOf, SCAN } from '../support/events.ts';
import { ruled } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { addedSensor, contextAt, shownSensor } from '../support/sensors.ts';
import { callWith, runCron, silentQueue } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

const INTERVAL = 300;
const secondsAgo = (seconds: number) => Date.now() - seconds * 1000;
const cron = (bindings: Partial<Env> = {}) => runCron('* * * * *', { ALERT_QUEUE: silentQueue, ...bindings });

/** A watched sensor that was last heard so many seconds ago; by default it is overdue. */
async function watched(heard = INTERVAL + 40, interval = INTERVAL) {
  const sensor = await addedSensor(admin, { expected_interval: interval });
  await heardAt(sensor.id, secondsAgo(heard));
  return sensor as { id: number; name: string; key: string };
}

const heardAt = (id: number, time: number | null) =>
  env.DB.prepare('UPDATE sensors SET last_seen_at = ? WHERE id = ?').bind(time, id).run();

async function silencesOf(name: string) {
  const { data } = await expectStatus(
    await call('GET', `/api/v1/events?source=${name}&event_type=sensor_silent&sort_order=asc`, { token: admin }),
    200,
  );
  return data;
}

const marks = async (id: number) =>
  (await auditOf(`sensor:${id}`)).map(({ action }) => action).filter((action) => /silent|return/.test(action));

/** The sensor posts, and what is done after the answer is done. */
async function posts(key: string) {
  const options = { token: key, body: SCAN, bindings: { ALERT_QUEUE: silentQueue } };
  await expectStatus(await callWith('POST', '/api/v1/events', options), 201);
}

/** A silent sensor with its alert. */
async function silent() {
  const sensor = await watched();
  await cron();
  await cron();
  const [event] = await silencesOf(sensor.name);
  return { ...sensor, event, alert: await alertOf(admin, event.id) };
}

describe('a sensor that is silent for longer than its interval', () => {
  it('raises one alert, whose event says which and since when', async () => {
    const { id, name } = await watched();
    const { last_seen_at } = await shownSensor(admin, id);
    for (let minute = 0; minute < 3; minute++) await cron();
    const [event, ...more] = await silencesOf(name);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      source: name,
      event_type: 'sensor_silent',
      severity: 'high',
      description: `${name} has posted nothing since ${last_seen_at}. It is expected every ${INTERVAL} seconds.`,
      attributes: { sensor_id: id, last_seen_at, expected_interval: INTERVAL },
      sensor_id: null,
    });
    expect(await alertOf(admin, event.id)).toMatchObject({ severity: 'high', status: 'open' });
    expect(await shownSensor(admin, id)).toMatchObject({ silent: true, last_seen_at });
    const [, row] = await auditOf(`sensor:${id}`);
    expect(row).toMatchObject({
      actor: 'system:cron',
      action: 'sensor.silent',
      before: { silent_since: null },
      after: { silent_since: Date.parse(last_seen_at) },
    });
  });

  it('raises one alert when two runs find it at once, or one dies after the event', async () => {
    const sensors = await Promise.all(Array.from({ length: 5 }, () => watched()));
    const broken = brokenDb(OVERLOADED);
    const dying = new Proxy(env.DB, {
      get: (target, name) => (name === 'batch' ? broken.batch.bind(broken) : Reflect.get(target, name).bind(target)),
    });
    const { ctx } = contextAt({ role: 'system', name: 'cron' }, { db: dying });
    await expect(watchSilentSensors({ ctx })).rejects.toThrow();
    for (const { id, name } of sensors) {
      expect(await silencesOf(name)).toHaveLength(1);
      expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
    }
    await Promise.all([cron(), cron(), cron()]);
    await cron();
    for (const { id, name } of sensors) {
      const found = await silencesOf(name);
      expect(found).toHaveLength(1);
      expect(found[0].alert_id).not.toBeNull();
      expect(await marks(id)).toEqual(['sensor.silent']);
    }
  });

  it('that has never posted counts from when it was added', async () => {
    const { id, name } = await watched();
    await heardAt(id, null);
    await cron();
    expect(await silencesOf(name)).toEqual([]);
    await env.DB.prepare('UPDATE sensors SET created_at = ? WHERE id = ?')
      .bind(secondsAgo(INTERVAL + 31), id)
      .run();
    await cron();
    const [event] = await silencesOf(name);
    expect(event.description).toContain('nothing since it was added at');
    expect(event.attributes.last_seen_at).toBeNull();
  });

  it('is one of many: a run raises them all with a few statements', async () => {
    const sensors = await Promise.all(Array.from({ length: 30 }, () => watched()));
    const { db, cost } = countedDb(env.DB);
    const { ctx } = contextAt({ role: 'system', name: 'cron' }, { db });
    await watchSilentSensors({ ctx });
    expect(cost).toMatchObject({ calls: 3, statements: 4 });
    for (const { name } of sensors) expect(await silencesOf(name)).toHaveLength(1);
  });
});

describe('no alert is raised for', () => {
  it.each([
    ['a sensor within its interval', INTERVAL - 5, INTERVAL],
    ['one that is late by less than its counters may be', INTERVAL + 25, INTERVAL],
    ['one that is expected once a week', 6 * 24 * 3600, 604_800],
  ])('%s', async (_, heard, interval) => {
    const { id, name } = await watched(heard, interval);
    await cron();
    expect(await silencesOf(name)).toEqual([]);
    expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
  });

  it.each([
    ['one that is not watched', { expected_interval: null }],
    ['a paused one', { enabled: false }],
  ])('%s', async (_, body) => {
    const { id, name } = await watched();
    await expectStatus(await call('PATCH', `/api/v1/sensors/${id}`, { token: admin, body }), 200);
    await cron();
    expect(await silencesOf(name)).toEqual([]);
  });

  it('a revoked one', async () => {
    const { id, name } = await watched();
    await expectStatus(await call('DELETE', `/api/v1/sensors/${id}`, { token: admin }), 204);
    await cron();
    expect(await silencesOf(name)).toEqual([]);
  });
});

describe('a silent sensor that posts again', () => {
  it('has its alert resolved without a verdict, and is silent no more', async () => {
    const { id, key, alert } = await silent();
    await posts(key);
    await cron();
    const resolved = await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 200);
    expect(resolved).toMatchObject({ status: 'resolved', verdict: null, resolved_by: null });
    expect((await auditOf(`alert:${alert.id}`)).map(({ actor, action }) => [actor, action])).toEqual([
      ['system:cron', 'alert.resolve'],
    ]);
    expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
    await cron();
    expect(await marks(id)).toEqual(['sensor.silent', 'sensor.return']);
  });

  it('raises another alert for another silence', async () => {
    const { id, name, key, alert } = await silent();
    await posts(key);
    await cron();
    await heardAt(id, secondsAgo(INTERVAL + 31));
    await Promise.all([cron(), cron()]);
    await cron();
    const events = await silencesOf(name);
    expect(events).toHaveLength(2);
    const second = await alertOf(admin, events[1].id);
    expect(second).toMatchObject({ status: 'open' });
    expect(second.id).not.toBe(alert.id);
    expect(await marks(id)).toEqual(['sensor.silent', 'sensor.return', 'sensor.silent']);
  });

  it('is settled once by two runs at once', async () => {
    const { id, key, alert } = await silent();
    await posts(key);
    await Promise.all([cron(), cron()]);
    expect(await auditOf(`alert:${alert.id}`)).toHaveLength(1);
    expect(await marks(id)).toEqual(['sensor.silent', 'sensor.return']);
  });

  it.each([
    ['resolved', 'POST', '/resolve', { verdict: 'true_positive' }],
    ['deleted', 'DELETE', '', undefined],
  ])('whose alert somebody has %s is settled, too', async (_, method, action, body) => {
    const { id, key, alert } = await silent();
    const done = await call(method, `/api/v1/alerts/${alert.id}${action}`, { token: admin, body });
    expect(done.ok).toBe(true);
    await posts(key);
    await cron();
    expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
    const after = await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin });
    if (body) expect(await expectStatus(after, 200)).toMatchObject({ verdict: 'true_positive', resolved_by: 'admin' });
  });

  it('whose event was deleted is settled, too', async () => {
    const { id, key, event } = await silent();
    await expectStatus(await call('DELETE', `/api/v1/events/${event.id}`, { token: admin }), 204);
    await posts(key);
    await cron();
    expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
  });

  it('before its alert was raised waits for it, so that none stays open', async () => {
    const { id, name, key } = await watched();
    const { ctx } = contextAt({ role: 'system', name: 'cron' });
    await watchSilentSensors({ ctx });
    await posts(key);
    await watchSilentSensors({ ctx });
    expect(await shownSensor(admin, id)).toMatchObject({ silent: true });
    await cron();
    const [event] = await silencesOf(name);
    expect(await alertOf(admin, event.id)).toMatchObject({ status: 'resolved' });
    expect(await shownSensor(admin, id)).toMatchObject({ silent: false });
  });

  it('that shares its alert with others, by a grouping rule, has it resolved with the last of them', async () => {
    const matchers = [{ field: 'event_type', op: 'eq', value: 'sensor_silent' }];
    const rule = await ruled(admin, { matchers, fields: ['event_type'] });
    const one = await watched();
    const two = await watched();
    await cron();
    await cron();
    const alerts = await Promise.all(
      [one, two].map(async ({ name }) => alertOf(admin, (await silencesOf(name))[0].id)),
    );
    expect(alerts.map(({ id, event_count }) => [id, event_count])).toEqual(alerts.map(() => [alerts[0].id, 2]));
    const status = async () =>
      (await expectStatus(await call('GET', `/api/v1/alerts/${alerts[0].id}`, { token: admin }), 200)).status;
    await posts(one.key);
    await cron();
    expect(await status()).toBe('open');
    expect(await shownSensor(admin, one.id)).toMatchObject({ silent: false });
    await posts(two.key);
    await cron();
    expect(await status()).toBe('resolved');
    await expectStatus(await call('DELETE', `/api/v1/grouping-rules/${rule.id}`, { token: admin }), 204);
  });

  it('is found by its event under a new name', async () => {
    const { id, key, alert } = await silent();
    const body = { name: `moved-${id}` };
    await expectStatus(await call('PATCH', `/api/v1/sensors/${id}`, { token: admin, body }), 200);
    await posts(key);
    await cron();
    const found = await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: admin }), 200);
    expect(found.status).toBe('resolved');
  });
});

describe('a run', () => {
  it('that finds nothing costs one scan of the sensors', async () => {
    await cron();
    const { db, cost } = countedDb(env.DB);
    const { ctx } = contextAt({ role: 'system', name: 'cron' }, { db });
    await watchSilentSensors({ ctx });
    const sensors = await env.DB.prepare('SELECT count(*) AS n FROM sensors').first<number>('n');
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(sensors ?? 0);
  });

  it('is the cron alone', async () => {
    const { ctx } = contextAt({ role: 'sensor', sensorId: 1 });
    await expect(watchSilentSensors({ ctx })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('goes on after a job that failed, and fails in the end', async () => {
    const { id } = await watched();
    // The sweep reads what is pending; nothing else does.
    const broken = brokenDb(OVERLOADED);
    const db = new Proxy(env.DB, {
      get: (target, name) =>
        name === 'prepare'
          ? (sql: string) => (sql.includes("= 'pending'") ? broken.prepare(sql) : target.prepare(sql))
          : Reflect.get(target, name).bind(target),
    });
    await expect(cron({ DB: db })).rejects.toThrow('sweepPending');
    expect(await shownSensor(admin, id)).toMatchObject({ silent: true });
  });
});
