import { env } from 'cloudflare:workers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { newSensorKey } from '../../src/sensors/sensor-key.ts';
import { addresses } from '../support/addresses.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { expectStatus, type Options } from '../support/client.ts';
import { countedKv } from '../support/counted-kv.ts';
import { SCAN } from '../support/events.ts';
import { PASSWORD, person, signedIn } from '../support/people.ts';
import { callWith, silentQueue } from '../support/worker.ts';

const { key: KEY_OF_NOBODY } = newSensorKey();

// Each test has a minute of its own.
let now = Math.ceil(Date.now() / 60_000) * 60_000;
beforeAll(() => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());
beforeEach(async () => {
  now += 120_000;
  vi.useFakeTimers({ toFake: ['Date'], now });
  await env.DB.batch(['sessions', 'users', 'guesses'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});
afterEach(() => void vi.useRealTimers());

type Ask = Options & { ip?: string; bindings?: Partial<Env> };

/** A request to a Worker that has counted nothing yet; what it wrote down is written when this returns. */
const ask = (method: string, path: string, { ip = '203.0.113.9', bindings, headers, ...rest }: Ask = {}) =>
  callWith(method, `/api/v1${path}`, {
    ...rest,
    headers: { 'CF-Connecting-IP': ip, ...headers },
    bindings: { ALERT_QUEUE: silentQueue, COUNTERS: countedKv(env.COUNTERS).kv, ...bindings },
  });

type Row = { action: string; target: string; actor: string; ip: string };

/** What was refused in this test, oldest first. */
async function refused(): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    `SELECT action, target, actor, ip FROM audit_rows WHERE timestamp >= ? AND action IN
      ('sensor_key.refuse', 'session.refuse_refresh', 'limit.refuse') ORDER BY id`,
  )
    .bind(now)
    .all<Row>();
  return results;
}

const postAs = (token: string, ip?: string) => ask('POST', '/events', { token, body: SCAN, ...(ip && { ip }) });
const refresh = (token: string, ip?: string) =>
  ask('POST', '/token/refresh', { body: { refresh: token }, ...(ip && { ip }) });

it('a sensor key that nobody has is in the audit log: once a minute and address', async () => {
  for (const ip of ['203.0.113.9', '203.0.113.9', '203.0.113.10'])
    await expectStatus(await postAs(KEY_OF_NOBODY, ip), 401);
  const row = { action: 'sensor_key.refuse', actor: 'anonymous' };
  expect(await refused()).toEqual([
    { ...row, target: 'address:203.0.113.9', ip: '203.0.113.9' },
    { ...row, target: 'address:203.0.113.10', ip: '203.0.113.10' },
  ]);
  vi.setSystemTime(now + 60_000);
  await expectStatus(await postAs(KEY_OF_NOBODY), 401);
  expect(await refused()).toHaveLength(3);
  const { results } = await env.DB.prepare('SELECT * FROM audit_rows').all();
  expect(JSON.stringify(results)).not.toContain(KEY_OF_NOBODY);
});

it('so is a refresh token: an unknown one with its address, an ended one with its owner', async () => {
  await person({ username: 'leaver', role: 'member' });
  const body = { username: 'leaver', password: PASSWORD };
  const { refresh: token, access } = await expectStatus(await ask('POST', '/token', { body }), 200);
  await expectStatus(await ask('POST', '/auth/logout', { token: access }), 204);
  for (const one of ['a.b', 'no token', token, token]) await expectStatus(await refresh(one), 401);
  expect(await refused()).toMatchObject([
    { action: 'session.refuse_refresh', target: 'address:203.0.113.9' },
    { action: 'session.refuse_refresh', target: 'user:leaver' },
  ]);
});

it('so is a quota that was used up, with its name and whose it was', async () => {
  const bindings = { COUNTERS: countedKv(env.COUNTERS).kv, LIMIT_USER_REQUESTS: '1', LIMIT_ADDRESS_REQUESTS: '1' };
  const token = await signedIn('member', 'busy');
  for (const status of [200, 429, 429]) await expectStatus(await ask('GET', '/auth/me', { token, bindings }), status);
  for (const status of [401, 429, 429]) await expectStatus(await ask('GET', '/auth/me', { bindings }), status);
  expect(await refused()).toMatchObject([
    { action: 'limit.refuse', target: 'limit:user', actor: 'user:busy' },
    { action: 'limit.refuse', target: 'limit:address', actor: 'anonymous', ip: '203.0.113.9' },
  ]);
});

it('so are guesses beyond their limit', async () => {
  const body = { username: 'nobody', password: 'wrong' };
  for (const status of [401, 401, 401, 401, 401, 429, 429])
    await expectStatus(await ask('POST', '/token', { body }), status);
  expect(await refused()).toMatchObject([{ action: 'limit.refuse', target: 'limit:guesses', actor: 'anonymous' }]);
});

it('however many addresses somebody has, thirty rows a minute are the most', async () => {
  for (const ip of addresses(40)) await expectStatus(await refresh('a.b', ip), 401);
  expect(await refused()).toHaveLength(30);
});

it('while the database is out of reach a quota answers 429 all the same', async () => {
  const bindings = { COUNTERS: countedKv(env.COUNTERS).kv, LIMIT_ADDRESS_REQUESTS: '1' };
  await expectStatus(await ask('GET', '/auth/me', { bindings }), 401);
  const broken = { ...bindings, DB: brokenDb(OVERLOADED) };
  await expectStatus(await ask('GET', '/auth/me', { bindings: broken }), 429);
});
