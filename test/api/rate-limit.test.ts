import { env } from 'cloudflare:workers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newSensorKey } from '../../src/sensors/sensor-key.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus, type Options } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { brokenKv, countedKv } from '../support/counted-kv.ts';
import { SCAN, storedEvents } from '../support/events.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { callWith, silentQueue } from '../support/worker.ts';

const { key: KEY_OF_NOBODY } = newSensorKey();

let admin: string;
let sensor: string;
beforeAll(async () => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  admin = await signedIn('admin');
  const added = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-1' } });
  sensor = (await expectStatus(added, 201)).key;
});
afterEach(() => void vi.useRealTimers());
afterAll(() => vi.restoreAllMocks());

/** A Worker that has counted nothing yet, with these quotas. */
function worker(limits: Partial<Env> = {}) {
  const { kv, cost } = countedKv(env.COUNTERS);
  const bindings = { COUNTERS: kv, ALERT_QUEUE: silentQueue, ...limits };
  const ask = (method: string, path: string, options: Options = {}) =>
    callWith(method, `/api/v1${path}`, { ...options, bindings });
  return { ask, cost };
}

/** Stops the clock 42 seconds before a minute ends, so that it does not end during the test. */
const stopClock = () => vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 + 18_500 });

const from = (ip: string, headers: Record<string, string> = {}) => ({
  headers: { 'CF-Connecting-IP': ip, ...headers },
});
const credentials = { username: 'admin', password: PASSWORD };
const statusesOf = (responses: Response[]) =>
  Object.fromEntries(
    Map.groupBy(responses, ({ status }) => status)
      .entries()
      .map(([status, { length }]) => [status, length]),
  );

function limitsOf({ headers }: Response) {
  return [headers.get('RateLimit-Policy'), headers.get('RateLimit')];
}

describe('a quota', () => {
  it('of 20 lets exactly 20 of 50 concurrent requests pass, and tells the others when to come again', async () => {
    const { ask } = worker({ LIMIT_USER_REQUESTS: '20' });
    const token = await signedIn('member', 'fifty');
    stopClock();
    const responses = await Promise.all(Array.from({ length: 50 }, () => ask('GET', '/auth/me', { token })));
    expect(statusesOf(responses)).toEqual({ 200: 20, 429: 30 });
    for (const response of responses.filter(({ status }) => status === 429)) {
      expect(limitsOf(response)).toEqual(['"user";q=20;w=60', '"user";r=0;t=42']);
      expect(response.headers.get('Retry-After')).toBe('42');
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(await expectStatus(response, 429)).toMatchObject({
        type: '/problems#rate_limited',
        title: 'Too many requests',
        detail: 'The quota user is 20 a minute; 0 are left for the next 42 seconds.',
      });
    }
    const told = responses.filter(({ status }) => status === 200).map((response) => limitsOf(response)[1]);
    expect(told.sort()).toEqual(Array.from({ length: 20 }, (_, n) => `"user";r=${n};t=42`).sort());
  });

  it('starts anew when Retry-After is over', async () => {
    const { ask } = worker({ LIMIT_USER_REQUESTS: '1' });
    const time = stopClock();
    await expectStatus(await ask('GET', '/auth/me', { token: admin }), 200);
    const refused = await ask('GET', '/auth/me', { token: admin });
    await expectStatus(refused, 429);
    time.setSystemTime(Date.now() + Number(refused.headers.get('Retry-After')) * 1_000);
    await expectStatus(await ask('GET', '/auth/me', { token: admin }), 200);
  });

  it('is each user’s and each sensor’s own, whatever their address', async () => {
    const { ask } = worker({ LIMIT_USER_REQUESTS: '1', LIMIT_ADDRESS_REQUESTS: '1', LIMIT_SENSOR_REQUESTS: '1' });
    const analyst = await signedIn('analyst', 'other');
    for (const token of [admin, analyst]) {
      await expectStatus(await ask('GET', '/auth/me', { token, ...from('203.0.113.1') }), 200);
      await expectStatus(await ask('GET', '/auth/me', { token, ...from('203.0.113.2') }), 429);
    }
    await expectStatus(await ask('POST', '/events', { token: sensor, body: SCAN, ...from('203.0.113.1') }), 201);
    await expectStatus(await ask('POST', '/events', { token: sensor, body: SCAN, ...from('203.0.113.2') }), 429);
    await expectStatus(await ask('GET', '/auth/me', from('203.0.113.1')), 401);
    await expectStatus(await ask('GET', '/auth/me', from('203.0.113.1')), 429);
  });

  it('of the default settings is counted through the front door', async () => {
    const token = await signedIn('member', 'eager');
    stopClock();
    const responses: Response[] = [];
    for (let n = 0; n < 13; n++) {
      const some = Array.from({ length: 50 }, () => call('GET', '/api/v1/auth/me', { token }));
      responses.push(...(await Promise.all(some)));
    }
    expect(statusesOf(responses)).toEqual({ 200: 600, 429: 50 });
    expect(responses[0]?.headers.get('RateLimit-Policy')).toBe('"user";q=600;w=60');
  });
});

describe('an address', () => {
  it('is what Cloudflare saw: a forged X-Forwarded-For changes nothing', async () => {
    const { ask } = worker({ LIMIT_ADDRESS_REQUESTS: '2' });
    const forged = ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded'];
    const statuses = [];
    for (const header of forged) {
      statuses.push((await ask('GET', '/events', from('203.0.113.3', { [header]: '198.51.100.7' }))).status);
    }
    expect(statuses).toEqual([401, 401, 429, 429]);
    await expectStatus(await ask('GET', '/events', from('198.51.100.7')), 401);
  });

  it('of IPv6 is its /64', async () => {
    const { ask } = worker({ LIMIT_ADDRESS_REQUESTS: '1' });
    await expectStatus(await ask('GET', '/events', from('2001:db8:0:7::1')), 401);
    await expectStatus(await ask('GET', '/events', from('2001:db8:0:7:ffff::2')), 429);
    await expectStatus(await ask('GET', '/events', from('2001:db8:0:8::1')), 401);
  });

  it('is charged for credentials that are no good', async () => {
    const { ask } = worker({ LIMIT_ADDRESS_REQUESTS: '2' });
    for (const [token, status] of [
      ['not.a.token', 401],
      [KEY_OF_NOBODY, 401],
      [KEY_OF_NOBODY, 429],
    ] as const) {
      await expectStatus(await ask('GET', '/events', { token, ...from('203.0.113.4') }), status);
    }
  });
});

describe('signing in', () => {
  it.each(['/token', '/auth/login', '/token/refresh'])('has a quota of its own by address: %s', async (path) => {
    const { ask } = worker({ LIMIT_SIGN_INS: '2', LIMIT_ADDRESS_REQUESTS: '60' });
    stopClock();
    const ip = `203.0.113.${path.length}`;
    const attempt = (address = ip) => ask('POST', path, { body: {}, ...from(address) });
    const [first, second, third] = [await attempt(), await attempt(), await attempt()];
    expect(first.status).toBe(second.status);
    expect([400, 401]).toContain(first.status);
    expect(third.status).toBe(429);
    expect(limitsOf(third)).toEqual([
      '"address";q=60;w=60, "sign-in";q=2;w=60',
      '"address";r=57;t=42, "sign-in";r=0;t=42',
    ]);
    expect((await attempt(`198.51.100.${path.length}`)).status).toBe(first.status);
  });

  it('is one quota for its routes, and what another isolate let in counts', async () => {
    stopClock();
    const limits = { LIMIT_SIGN_INS: '3' };
    const [one, two] = [worker(limits), worker(limits)];
    const statuses = [];
    for (const [{ ask }, path] of [
      [one, '/token'],
      [two, '/auth/login'],
      [one, '/token'],
      [two, '/token'],
      [one, '/token'],
    ] as const) {
      statuses.push((await ask('POST', path, { body: {}, ...from('203.0.113.60') })).status);
      vi.setSystemTime(Date.now() + 1_500);
    }
    expect(statuses).toEqual([400, 400, 400, 429, 429]);
  });
});

describe('the events of a sensor', () => {
  const batchOf = (count: number) => Array.from({ length: count }, () => SCAN);

  it('are counted one by one in a batch, and refused as a whole', async () => {
    const { ask } = worker({ LIMIT_SENSOR_EVENTS: '1500' });
    stopClock();
    const post = (count: number) => ask('POST', '/events/batch', { token: sensor, body: batchOf(count) });
    const first = await post(1_000);
    expect(limitsOf(first)).toEqual([
      '"sensor";q=600;w=60, "sensor-events";q=1500;w=60',
      '"sensor";r=599;t=42, "sensor-events";r=500;t=42',
    ]);
    await expectStatus(first, 200);
    const stored = await storedEvents();
    const refused = await post(1_000);
    expect(refused.headers.get('RateLimit')).toBe('"sensor";r=598;t=42, "sensor-events";r=500;t=42');
    await expectStatus(refused, 429);
    expect(await storedEvents()).toBe(stored);
    await expectStatus(await post(500), 200);
    await expectStatus(await ask('POST', '/events', { token: sensor, body: SCAN }), 429);
  });

  it('are counted in NDJSON, too, and each single one', async () => {
    const { ask } = worker({ LIMIT_SENSOR_EVENTS: '10' });
    const headers = { 'Content-Type': 'application/x-ndjson' };
    const body = batchOf(4)
      .map((event) => JSON.stringify(event))
      .join('\n');
    const batch = await ask('POST', '/events/batch', { token: sensor, body, headers });
    expect(batch.headers.get('RateLimit')).toContain('"sensor-events";r=6;');
    const single = await ask('POST', '/events', { token: sensor, body: SCAN });
    expect(single.headers.get('RateLimit')).toContain('"sensor-events";r=5;');
  });

  it('beyond what a batch may hold are told so, not to come again', async () => {
    const { ask } = worker();
    await expectStatus(await ask('POST', '/events/batch', { token: sensor, body: Array(70_000).fill(0) }), 400);
  });
});

describe('every answer says how its quotas stand', () => {
  const large = 'x'.repeat(70_000);
  const cases: [number, string, string, string, () => Options][] = [
    [200, 'GET', '/auth/me', 'user', () => ({ token: admin })],
    [201, 'POST', '/events', 'user', () => ({ token: admin, body: SCAN })],
    [400, 'GET', '/events?limit=0', 'user', () => ({ token: admin })],
    [401, 'GET', '/events', 'address', () => ({})],
    [403, 'GET', '/events', 'sensor', () => ({ token: sensor })],
    [404, 'GET', '/nothing', 'user', () => ({ token: admin })],
    [404, 'GET', '/nothing', 'address', () => ({})],
    [405, 'DELETE', '/events', 'user', () => ({ token: admin })],
    [413, 'POST', '/events', 'user', () => ({ token: admin, body: { ...SCAN, description: large } })],
    [415, 'POST', '/events', 'user', () => ({ token: admin, body: 'x', headers: { 'Content-Type': 'text/plain' } })],
  ];

  it.each(cases)('%i to %s %s, by %s', async (status, method, path, policy, options) => {
    const response = await worker({ LIMIT_ADDRESS_REQUESTS: '60' }).ask(method, path, options());
    expect(response.status).toBe(status);
    const [policies, limits] = limitsOf(response);
    const quota = policy === 'address' ? 60 : 600;
    expect(policies?.split(', ')[0]).toBe(`"${policy}";q=${quota};w=60`);
    expect(limits).toMatch(new RegExp(`^"${policy}";r=${quota - 1};t=([1-9]|[1-5]\\d|60)(, |$)`));
  });

  it.each([
    [503, OVERLOADED],
    [500, 'no such table'],
  ])('%i, even before it is known who asks', async (status, message) => {
    const { ask } = worker({ DB: brokenDb(message) });
    for (const token of [admin, KEY_OF_NOBODY]) {
      const response = await ask('GET', '/events', { token });
      expect(response.status).toBe(status);
      expect(limitsOf(response).join()).toMatch(/"(user|address)";q=\d+;w=60,"(user|address)";r=\d+;t=\d+/);
    }
  });

  it.each(['/health', '/openapi.json', '/docs', '/swagger', '/redoc'])('%s is not limited', async (path) => {
    const { ask } = worker({ LIMIT_ADDRESS_REQUESTS: '1' });
    for (let n = 0; n < 3; n++) {
      const response = await ask('GET', path);
      expect(response.status).toBeLessThan(400);
      expect(limitsOf(response)).toEqual([null, null]);
    }
  });

  it('to a browser of another origin, which may read it', async () => {
    const preflight = { 'Access-Control-Request-Method': 'GET', Origin: 'https://console.example' };
    const { ask } = worker({ LIMIT_ADDRESS_REQUESTS: '1' });
    for (let n = 0; n < 3; n++) expect((await ask('OPTIONS', '/events', { headers: preflight })).status).toBe(204);
    const answer = await ask('GET', '/events', { headers: { Origin: 'https://console.example' } });
    const exposed = answer.headers.get('Access-Control-Expose-Headers')?.split(',');
    expect(exposed).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'Retry-After']));
  });
});

describe('while KV fails', () => {
  const tight = { LIMIT_USER_REQUESTS: '10', LIMIT_SENSOR_EVENTS: '10', LIMIT_ADDRESS_REQUESTS: '10' };

  it.each([
    ['all of it', brokenKv()],
    ['its writes', brokenKv('put')],
    ['its lists', brokenKv('list')],
  ])('events are taken, reading goes on, signing in is closed: %s', async (_, COUNTERS) => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const time = stopClock();
    const { ask: askNow } = worker({ COUNTERS, LIMIT_SIGN_INS: '10', ...tight });
    // A second apart: KV would not take writes any faster.
    const ask = (...request: Parameters<typeof askNow>) => {
      time.setSystemTime(Date.now() + 1_000);
      return askNow(...request);
    };
    for (const token of [admin, sensor]) {
      await expectStatus(await ask('POST', '/events', { token, body: SCAN }), 201);
      await expectStatus(await ask('POST', '/events/batch', { token, body: [SCAN] }), 200);
    }
    await expectStatus(await ask('GET', '/events', { token: admin }), 200);
    for (const path of ['/token', '/auth/login', '/token/refresh', '/token']) {
      const response = await ask('POST', path, { body: credentials });
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
      expect((await expectStatus(response, 503)).type).toBe('/problems#unavailable');
    }
    expect(warned.mock.calls.flat().join()).toMatch(/limit counter failed.*"policy":"sign-in"/);
  });

  it('each isolate still keeps its own quota', async () => {
    const { ask } = worker({ COUNTERS: brokenKv(), LIMIT_USER_REQUESTS: '3' });
    const asked = await Promise.all(Array.from({ length: 5 }, () => ask('GET', '/auth/me', { token: admin })));
    expect(statusesOf(asked)).toEqual({ 200: 3, 429: 2 });
  });
});

describe('the limiter costs', () => {
  it('no statement, and no KV operation on most requests', async () => {
    const { db, cost: statements, reset } = countedDb(env.DB);
    const { ask, cost } = worker({ DB: db });
    stopClock();
    await ask('POST', '/events', { token: sensor, body: SCAN });
    reset();
    for (let n = 1; n < 100; n++) await expectStatus(await ask('POST', '/events', { token: sensor, body: SCAN }), 201);
    expect(statements.statements).toBe(99);
    // One of each when the sensor has used a tenth of its 600 requests.
    expect(cost).toEqual({ writes: 1, lists: 1 });
  });

  it('no statement on what it refuses', async () => {
    const { db, cost: statements, reset } = countedDb(env.DB);
    const { ask } = worker({ DB: db, LIMIT_USER_REQUESTS: '1' });
    await ask('GET', '/auth/me', { token: admin });
    reset();
    await expectStatus(await ask('GET', '/events', { token: admin }), 429);
    expect(statements.calls).toBe(0);
  });
});
