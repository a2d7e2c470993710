import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSensor, type SensorEvent, type SensorOptions } from '../../examples/sensor.ts';
import { type Mood, type MoodyServer, startMoodyServer } from '../support/moody-server.ts';
import { type Product, startProduct } from '../support/product.ts';
import { allEvents, token } from '../support/remote.ts';

// It starts while the clients are tried on another server.
let starting: Promise<Product>;
beforeAll(() => {
  starting = startProduct({ args: ['--no-demo'] });
});
afterAll(async () => {
  const product = await starting;
  await product.stop();
  await rm(product.state, { recursive: true });
});

const scan = (n: number, fields: object = {}): SensorEvent => ({
  source: 'sensor-1',
  event_type: 'scan',
  severity: 'low',
  description: `event ${n}`,
  ...fields,
});
const count = (length: number) => Array.from({ length }, (_, n) => n);

let spool: string;
beforeEach(async () => {
  spool = await mkdtemp(join(tmpdir(), 'edgewatch-spool-'));
});
afterEach(() => rm(spool, { recursive: true }));

type Target = { url: string; key?: string };

/** `sensor.sh` as a process: its stdin, and what it said until it ended. */
function startShell({ url, key = 'ews_test' }: Target) {
  const settings = { EDGEWATCH_URL: url, EDGEWATCH_KEY: key, EDGEWATCH_SPOOL: spool, EDGEWATCH_TIMEOUT: '1' };
  const child: ChildProcess = spawn('examples/sensor.sh', { env: { ...process.env, ...settings }, detached: true });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  const type = (text: string) => child.stdin?.write(text);
  const write = (events: object[]) => type(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return {
    type,
    write,
    end: (events: object[] = []) => {
      write(events);
      child.stdin?.end();
      return ended;
    },
    kill: () => {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      return ended;
    },
  };
}

/** Both clients, doing the same: they send these events and return when they believe that all are stored. */
const CLIENTS: [string, (target: Target, events: SensorEvent[]) => Promise<string>][] = [
  ['sensor.sh', async (target, events) => (await startShell(target).end(events)).said],
  [
    'sensor.ts',
    async (target, events) => {
      const said: unknown[] = [];
      const onRejected: SensorOptions['onRejected'] = (event, why) => said.push([event, why]);
      const sensor = createSensor({ key: 'ews_test', ...target, timeoutMs: 1_000, onRejected });
      for (const event of events) sensor.send(event);
      await sensor.close();
      return JSON.stringify(said);
    },
  ],
];

/** Refusals after which the clients soon try again. */
const AT_ONCE = [500, 503, 401].map((status) => ({ status, retryAfter: 0 }));

let server: MoodyServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
async function moody(...moods: Mood[]): Promise<MoodyServer> {
  server = await startMoodyServer(moods);
  return server;
}

function expectEachOnce({ stored }: MoodyServer, events: SensorEvent[]): void {
  const descriptions = [...stored.values()].map(({ description }) => description);
  expect(descriptions.sort()).toEqual(events.map(({ description }) => description).sort());
}

describe.each(CLIENTS)('%s loses nothing and sends nothing as two events', (_, run) => {
  it('when the server hangs, cuts the connection before or after it stored, and is overloaded', async () => {
    const target = await moody('hang', 'reset', 'store and reset', ...AT_ONCE);
    const events = count(1_200).map((n) => scan(n));
    await run(target, events);
    expectEachOnce(target, events);
    expect(target.requests.every(({ events: size }) => size <= 500)).toBe(true);
    expect(target.requests).toHaveLength(6 + 3);
    expect(target.requests[0]?.authorization).toBe('Bearer ews_test');
  });

  it('and waits as long as it is told', async () => {
    const target = await moody({ status: 503, retryAfter: 1 }, { status: 429, retryAfter: 2 });
    await run(target, [scan(1)]);
    const [first = 0, second = 0, third = 0] = target.requests.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(second - first).toBeLessThan(5_000);
    expect(third - second).toBeGreaterThanOrEqual(2_000);
    expect(third - second).toBeLessThan(6_000);
    expectEachOnce(target, [scan(1)]);
  });

  it('and drops only what is rejected, which it reports', async () => {
    const bad = scan(1, { severity: 'zebra' });
    const target = await moody();
    expect(await run(target, [scan(0), bad, scan(2)])).toContain('severity');
    expectEachOnce(target, [scan(0), scan(2)]);
    await target.stop();

    const refusing = await moody({ status: 400 });
    await run(refusing, [bad]);
    expect(refusing.requests).toHaveLength(1);
  });
});

describe('sensor.sh', () => {
  it('sends after a kill -9 what it had read, under the same ids', async () => {
    const target = await moody('store and reset', { status: 503, retryAfter: 60 });
    const events = count(700).map((n) => scan(n));
    const shell = startShell(target);
    shell.write(events);
    await vi.waitUntil(() => target.requests.length === 2, { timeout: 10_000, interval: 20 });
    expect(target.stored.size).toBe(500);
    await vi.waitUntil(async () => (await readdir(spool)).some((name) => name.endsWith('.part')), { timeout: 5_000 });
    await shell.kill();

    await startShell(target).end();
    expectEachOnce(target, events);
    expect((await readdir(spool)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('does not show the key to other users of the machine', async () => {
    const target = await moody('hang');
    const shell = startShell({ ...target, key: 'ews_hidden' });
    shell.write([scan(1)]);
    const ended = shell.end();
    await vi.waitUntil(() => target.requests.length === 1, { timeout: 5_000, interval: 20 });
    const listed = spawn('ps', ['-eo', 'args']);
    let processes = '';
    for await (const chunk of listed.stdout) processes += chunk;
    expect(processes).toContain('curl');
    expect(processes).not.toContain('ews_hidden');
    await ended;
  });

  it('keeps an id that an event has, and a line that comes in parts', async () => {
    const target = await moody();
    const shell = startShell(target);
    const [head = '', tail = ''] = JSON.stringify({ ...scan(1), external_id: 'my-own' }).split(' ');
    shell.type(`${head} `);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    // The last line has no end.
    shell.type(`${tail}\n${JSON.stringify({ ...scan(2), external_id: 'other' })}`);
    expect((await shell.end()).code).toBe(0);
    expect([...target.stored.keys()]).toEqual(['my-own', 'other']);
  });
});

describe('sensor.ts', () => {
  it('sends at once when a batch is full, by events or bytes, and else after a while', async () => {
    const target = await moody();
    const sensor = createSensor({ ...target, key: 'k', maxEvents: 10, maxBytes: 20_000, maxWaitMs: 300 });
    const sizes = () => target.requests.map(({ events }) => events);
    for (const n of count(10)) sensor.send(scan(n));
    await vi.waitUntil(() => sizes().length === 1, { timeout: 250 });
    for (const n of count(3)) sensor.send(scan(n, { description: `${n}${'é'.repeat(4_000)}` }));
    await vi.waitUntil(() => sizes().length === 3, { timeout: 250 });
    sensor.send(scan(20));
    expect(sizes()).toEqual([10, 2, 1]);
    await vi.waitUntil(() => sizes().length === 4, { timeout: 1_000 });
    await sensor.close();
    expect(sizes()).toEqual([10, 2, 1, 1]);
    expect(() => sensor.send(scan(21))).toThrow('closed');
  });

  it('takes no more than its buffer holds, and says so', async () => {
    const target = await moody({ status: 503, retryAfter: 0 });
    const lost: SensorEvent[] = [];
    const sensor = createSensor({ ...target, key: 'k', maxBuffered: 5, onOverflow: (event) => lost.push(event) });
    expect(count(7).map((n) => sensor.send(scan(n)))).toEqual([true, true, true, true, true, false, false]);
    expect(lost).toEqual([scan(5), scan(6)]);
    await sensor.close();
    expectEachOnce(
      target,
      count(5).map((n) => scan(n)),
    );
  });

  it('sends one batch at a time', async () => {
    const target = await moody({ status: 503, retryAfter: 1 });
    const sensor = createSensor({ ...target, key: 'k', maxEvents: 2 });
    for (const n of count(6)) sensor.send(scan(n));
    await vi.waitUntil(() => target.requests.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(target.requests).toHaveLength(1);
    await sensor.close();
    expect(target.requests).toHaveLength(4);
  });
});

describe('against the product', () => {
  let product: Product;
  let key: string;
  let access: string;
  beforeAll(async () => {
    product = await starting;
    access = await token(product);
    const response = await fetch(`${product.url}/api/v1/sensors`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'fw-1' }),
    });
    ({ key } = (await response.json()) as { key: string });
  });

  it.each(CLIENTS)('%s has its events stored, once each', async (name, run) => {
    const events = count(1_100).map((n) => scan(n, { source: name }));
    const said = await run({ url: product.url, key }, [...events, scan(1_100, { source: name, severity: 'zebra' })]);
    expect(said).toContain('#/severity');
    const stored = (await allEvents(product, access)).filter(({ source }) => source === name);
    expect(stored.map(({ description }) => description).sort()).toEqual(
      events.map(({ description }) => description).sort(),
    );
    expect(new Set(stored.map(({ external_id }) => external_id)).size).toBe(1_100);
  });
});
