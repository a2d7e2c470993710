import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { database } from '../../src/db/client.ts';
import { identifySensor } from '../../src/sensors/identify-sensor.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { signedIn } from '../support/people.ts';
import { addedSensor, postStatus, shownSensor } from '../support/sensors.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const HOUR = 3_600_000;
const patch = (id: number, body: unknown) => call('PATCH', `/api/v1/sensors/${id}`, { token: admin, body });
const remove = async (id: number) => expectStatus(await call('DELETE', `/api/v1/sensors/${id}`, { token: admin }), 204);
const rotate = async (id: number, body?: unknown) =>
  expectStatus(await call('POST', `/api/v1/sensors/${id}/rotate`, { token: admin, body }), 200);

/** Whose key it is for an isolate whose clock says so much later. */
async function identified(key: string, later = 0) {
  const clock = () => new Date(Date.now() + later);
  return (await identifySensor({ db: database(env.DB), clock, key }))?.sensorId ?? null;
}

/** A D1 that has `read` a row but does not hand it over before `answer` is called. */
function heldDb() {
  const [held, seen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const hold = (statement: D1PreparedStatement) => ({
    bind: (...values: unknown[]) => hold(statement.bind(...values)),
    raw: async () => {
      const rows = await statement.raw();
      seen.resolve();
      await held.promise;
      return rows;
    },
  });
  const db = { prepare: (sql: string) => hold(env.DB.prepare(sql)) } as unknown as D1Database;
  return { db, read: seen.promise, answer: held.resolve };
}

/** A change that another isolate made: this one is not told. */
const elsewhere = (id: number, set: string) => env.DB.prepare(`UPDATE sensors SET ${set} WHERE id = ?`).bind(id).run();

describe('a key', () => {
  it('has 256 random bits behind its prefix, and is kept as a hash only', async () => {
    const [one, two] = [await addedSensor(admin), await addedSensor(admin)];
    expect(one.key).toMatch(/^ews_[A-Za-z0-9_-]{43}$/);
    expect(one.key).not.toBe(two.key);
    const { results } = await env.DB.prepare('SELECT * FROM sensors WHERE id = ?').bind(one.id).all();
    expect(results[0]).toMatchObject({ key_hash: sha256(one.key), key_prefix: one.key.slice(0, 10) });
    const tables = await Promise.all(
      ['sensors', 'audit_rows'].map((name) => env.DB.prepare(`SELECT * FROM ${name}`).all()),
    );
    for (const { results: rows } of tables) expect(JSON.stringify(rows)).not.toContain(one.key.slice(10));
  });

  it.each([
    ['GET', '/events'],
    ['GET', '/events/1'],
    ['PATCH', '/events/1'],
    ['DELETE', '/events/1'],
    ['GET', '/alerts'],
    ['POST', '/alerts/1/acknowledge'],
    ['GET', '/sensors'],
    ['POST', '/sensors'],
    ['POST', '/sensors/1/rotate'],
    ['DELETE', '/sensors/1'],
    ['POST', '/users'],
    ['GET', '/auth/me'],
  ])('opens nothing but the intake: %s %s', async (method, path) => {
    const { id, key } = await addedSensor(admin);
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    await expectStatus(await call(method, `/api/v1${path}`, { token: key, body }), 403);
    await remove(id);
    await expectStatus(await call(method, `/api/v1${path}`, { token: key, body }), 401);
  });
});

describe('a revoked key', () => {
  it('is refused with the next request, and in another isolate within 30 seconds', async () => {
    const { id, key } = await addedSensor(admin);
    expect(await postStatus(key)).toBe(201);
    await remove(id);
    expect(await postStatus(key)).toBe(401);
    expect(await shownSensor(admin, id)).toMatchObject({ enabled: false, key_prefix: null });

    const other = await addedSensor(admin);
    expect(await identified(other.key)).toBe(other.id);
    await elsewhere(other.id, "enabled = 0, key_hash = 'gone'");
    expect(await identified(other.key, 29_000)).toBe(other.id);
    expect(await identified(other.key, 30_001)).toBeNull();
  });

  it('is refused when the revocation came while it was being read', async () => {
    const { id, key } = await addedSensor(admin);
    const { db, read, answer } = heldDb();
    const reading = identifySensor({ db: database(db), clock: () => new Date(), key });
    await read;
    await remove(id);
    answer();
    expect(await reading).toMatchObject({ sensorId: id });
    expect(await identified(key)).toBeNull();
  });

  it('never works again: not by resuming, not after a rotation', async () => {
    const { id, key } = await addedSensor(admin);
    const { key: second } = await rotate(id);
    await remove(id);
    expect((await expectStatus(await patch(id, { enabled: true }), 409)).detail).toContain('Rotate');
    const { key: third, ...sensor } = await rotate(id);
    expect(sensor).toMatchObject({ enabled: true, previous_key_until: null });
    expect([await postStatus(key), await postStatus(second), await postStatus(third)]).toEqual([401, 401, 201]);
  });

  it('of a paused sensor is gone, too', async () => {
    const { id, key } = await addedSensor(admin);
    await expectStatus(await patch(id, { enabled: false }), 200);
    await remove(id);
    await expectStatus(await patch(id, { enabled: true }), 409);
    expect(await postStatus(key)).toBe(401);
  });
});

describe('a pause', () => {
  it('refuses the key at once, and resuming accepts it at once', async () => {
    const { id, key } = await addedSensor(admin);
    expect(await postStatus(key)).toBe(201);
    await expectStatus(await patch(id, { enabled: false }), 200);
    expect(await postStatus(key)).toBe(401);
    await expectStatus(await patch(id, { enabled: true }), 200);
    expect(await postStatus(key)).toBe(201);
  });

  it('survives a rotation', async () => {
    const { id, key } = await addedSensor(admin);
    await expectStatus(await patch(id, { enabled: false }), 200);
    const { key: second, enabled } = await rotate(id);
    expect(enabled).toBe(false);
    expect([await postStatus(key), await postStatus(second)]).toEqual([401, 401]);
    await expectStatus(await patch(id, { enabled: true }), 200);
    expect([await postStatus(key), await postStatus(second)]).toEqual([201, 201]);
  });
});

describe('a rotation', () => {
  it('lets both keys work, until the time is over', async () => {
    const { id, key } = await addedSensor(admin);
    const { key: second, ...sensor } = await rotate(id);
    expect(second).not.toBe(key);
    expect(Math.abs(Date.parse(sensor.previous_key_until) - Date.now() - 24 * HOUR)).toBeLessThan(10_000);
    expect(await shownSensor(admin, id)).toEqual({ ...sensor, last_seen_at: null });
    expect([await postStatus(key), await postStatus(second)]).toEqual([201, 201]);
    expect([await identified(key, 23 * HOUR), await identified(second, 23 * HOUR)]).toEqual([id, id]);
    expect([await identified(key, 24 * HOUR + 1), await identified(second, 24 * HOUR + 1)]).toEqual([null, id]);
  });

  it('ends the old key on the moment, though it was in use', async () => {
    const { id, key } = await addedSensor(admin);
    await rotate(id, { overlap_hours: 1 });
    expect(await identified(key, HOUR - 5_000)).toBe(id);
    expect(await identified(key, HOUR + 1)).toBeNull();
  });

  it('without overlap ends the old key at once', async () => {
    const { id, key } = await addedSensor(admin);
    expect(await postStatus(key)).toBe(201);
    const { key: second, previous_key_until } = await rotate(id, { overlap_hours: 0 });
    expect(previous_key_until).toBeNull();
    expect([await postStatus(key), await postStatus(second)]).toEqual([401, 201]);
  });

  it('keeps the last two keys only', async () => {
    const { id, key } = await addedSensor(admin);
    expect(await postStatus(key)).toBe(201);
    const { key: second } = await rotate(id);
    const { key: third } = await rotate(id, {});
    expect([await postStatus(key), await postStatus(second), await postStatus(third)]).toEqual([401, 201, 201]);
  });

  it('of two at once is one', async () => {
    const { id, key } = await addedSensor(admin);
    const both = await Promise.all([1, 2].map(() => call('POST', `/api/v1/sensors/${id}/rotate`, { token: admin })));
    const statuses = both.map(({ status }) => status).sort();
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(statuses);
    const good = both.filter(({ status }) => status === 200);
    const newest = await Promise.all(good.map((response) => response.json<{ key: string; key_prefix: string }>()));
    const { key_prefix } = await shownSensor(admin, id);
    const current = newest.find((sensor) => sensor.key_prefix === key_prefix);
    expect(await postStatus(current?.key ?? '')).toBe(201);
    if (good.length === 1) expect(await postStatus(key)).toBe(201);
  });

  it.each([[{ overlap_hours: -1 }], [{ overlap_hours: 169 }], [{ overlap_hours: 0.5 }], [{ overlap_hours: '0' }]])(
    'is refused for %j',
    async (body) => {
      const { id, key } = await addedSensor(admin);
      const refused = await call('POST', `/api/v1/sensors/${id}/rotate`, { token: admin, body });
      expect((await expectStatus(refused, 400)).errors[0].pointer).toBe('#/overlap_hours');
      expect(await postStatus(key)).toBe(201);
    },
  );

  it('is refused with a body that would be overlooked', async () => {
    const { id } = await addedSensor(admin);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { 'Content-Type': type };
      const options = { token: admin, body: '{"overlap_hours":0}', headers };
      await expectStatus(await call('POST', `/api/v1/sensors/${id}/rotate`, options), 415);
    }
    const extra = await call('POST', `/api/v1/sensors/${id}/rotate`, { token: admin, body: { hours: 0 } });
    expect((await expectStatus(extra, 400)).errors[0].pointer).toBe('#/hours');
  });
});

describe('looking a key up costs', () => {
  const { db, cost, reset } = countedDb(env.DB);
  const lookUp = (key: string, later = 0) =>
    identifySensor({ db: database(db), clock: () => new Date(Date.now() + later), key });

  it('a read of a row per half minute, for both keys of a rotation, among many', async () => {
    await env.DB.exec(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO sensors (name, key_prefix, key_hash, previous_key_hash, previous_key_until, enabled, created_at) SELECT 'many-' || i, 'ews_', 'k' || i, 'p' || i, 9e15, 1, 0 FROM n`,
    );
    const { id, key } = await addedSensor(admin);
    const { key: second } = await rotate(id);
    for (const one of [key, second]) {
      reset();
      for (let times = 0; times < 100; times++) expect(await lookUp(one)).not.toBeNull();
      expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
      expect(cost.rowsRead).toBeLessThanOrEqual(4);
    }
  });

  it('a read per five seconds for a key that nobody has', async () => {
    const key = `ews_${'A'.repeat(43)}`;
    reset();
    for (let times = 0; times < 100; times++) expect(await lookUp(key)).toBeNull();
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 0 });
    expect(await lookUp(key, 5_001)).toBeNull();
    expect(cost.calls).toBe(2);
  });

  it('nothing for what cannot be a key', async () => {
    reset();
    for (const key of ['ews_', 'ews_short', `ews_${'A'.repeat(44)}`, `ews_${'!'.repeat(43)}`]) {
      expect(await lookUp(key)).toBeNull();
    }
    expect(cost.calls).toBe(0);
  });

  it('a resumed sensor at most five seconds where its key was refused', async () => {
    const { id, key } = await addedSensor(admin);
    await elsewhere(id, 'enabled = 0');
    expect(await identified(key)).toBeNull();
    await elsewhere(id, 'enabled = 1');
    expect(await identified(key, 5_001)).toBe(id);
  });
});
