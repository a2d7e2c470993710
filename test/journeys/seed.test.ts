import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Api, signIn } from '../../scripts/local/api.ts';
import { makeData } from '../../scripts/seed/make-data.ts';
import { readOptions } from '../../scripts/seed/options.ts';
import { DAY } from '../../scripts/seed/period.ts';
import { openDatabase } from '../support/local-database.ts';
import { type Product, startProduct } from '../support/product.ts';
import { allAlerts, allEvents, token } from '../support/remote.ts';

const EVENTS = 2000;
const INCIDENTS = 40;

type Outcome = { code: number; output: string };

/** `npm run seed` with these arguments. */
function seed(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile('npm', ['run', '-s', 'seed', '--', ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const newState = () => mkdtemp(join(tmpdir(), 'edgewatch-seed-'));

type Page<Item> = { data: Item[]; total: number; next_cursor: string | null };
type Incident = { id: number; title: string; status: string; created_at: string };
type Entry = { timestamp: string; kind: string; note: { body: string } | null; alert_id: number | null };

describe('a seeded product', () => {
  let state: string;
  let told: Outcome;
  let product: Product;
  let api: Api;
  let events: Awaited<ReturnType<typeof allEvents>>;

  const total = async (path: string) => (await api.get<Page<unknown>>(path)).total;

  beforeAll(async () => {
    state = await newState();
    told = await seed('--state', state, '--events', String(EVENTS), '--incidents', String(INCIDENTS));
    expect(told).toMatchObject({ code: 0 });
    product = await startProduct({ state });
    api = await signIn(product.url, product.admin);
    events = await allEvents(product, await token(product));
  });
  afterAll(async () => {
    await product.stop();
    await rm(state, { recursive: true });
  });

  it('shows how far it is, what it stored and what to do next', () => {
    expect(told.output).toMatch(/events .*100% \| 2000\/2000/);
    expect(told.output).toMatch(
      /^ {2}incidents +40 {3}\d+ open, \d+ mitigated, \d+ resolved; \d+ archived, 2 deleted$/m,
    );
    expect(told.output).toContain(`npm start -- --state ${state}`);
  });

  it('holds as many events and incidents as asked for, without the demo, and an account to sign in as analyst', async () => {
    expect(await total('/events?page=1')).toBe(EVENTS);
    const shelves = ['', '&archived=true', '&deleted=true'].map((shelf) => total(`/incidents?page=1${shelf}`));
    expect((await Promise.all(shelves)).reduce((sum, count) => sum + count)).toBe(INCIDENTS);
    expect(product.analyst?.username).toBe('analyst');
    const analyst = await signIn(product.url, product.analyst ?? product.admin);
    expect(await analyst.get('/auth/me')).toMatchObject({ username: 'analyst', role: 'analyst' });
    const { data } = await api.get<Page<{ accepted: number }>>('/sensors?limit=100');
    expect(data.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(EVENTS);
    expect(events.length).toBe(EVENTS);
  });

  it('has exactly one alert for each High and Critical event, and owes none', async () => {
    const alerts = await allAlerts(product, await token(product));
    const owing = events.filter(({ severity }) => severity === 'high' || severity === 'critical');
    expect(owing.length).toBeGreaterThan(EVENTS / 10);
    const pairs = (list: [number, number | null][]) => list.sort(([one], [other]) => one - other);
    expect(pairs(alerts.map(({ id, event }) => [event.id, id]))).toEqual(
      pairs(owing.map(({ id, alert_id }) => [id, alert_id])),
    );
    expect(events.filter(({ alert_id }) => alert_id !== null).length).toBe(owing.length);
    expect(await api.get('/health')).toMatchObject({ oldest_pending_seconds: 0 });
    for (const status of ['open', 'resolved']) expect(alerts.some((alert) => alert.status === status)).toBe(true);
  });

  it('finds by time what lies in each week of the 90 days', async () => {
    const times = events.map(({ timestamp }) => Date.parse(timestamp));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    for (let week = 0; week < 13; week++) {
      const to = Date.now() - week * 7 * DAY;
      const from = to - 7 * DAY;
      const within = times.filter((time) => time >= from && time <= to).length;
      expect(within).toBeGreaterThan(0);
      const query = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
      expect(await total(`/events?page=1&${query}`)).toBe(within);
    }
  });

  it('can be searched for incidents, which have timelines in the order of time', async () => {
    const { data } = await api.get<Page<Incident>>('/incidents?limit=100&archived=true');
    const word = data[0]?.title.split(' ')[0] ?? '';
    const named = data.filter(({ title }) => title.includes(word));
    const found = await api.get<Page<Incident>>(`/incidents?limit=100&archived=true&search=${word}`);
    expect(found.data.map(({ id }) => id)).toEqual(expect.arrayContaining(named.map(({ id }) => id)));

    let notes = 0;
    let links = 0;
    for (const { id, created_at } of data) {
      const { data: entries } = await api.get<Page<Entry>>(`/incidents/${id}/timeline?limit=100`);
      const times = entries.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted());
      expect(entries[0]).toMatchObject({ kind: 'created', timestamp: created_at });
      expect(entries.at(-1)?.kind).toBe('archived');
      expect(entries.filter(({ kind, note }) => kind === 'note' && !note?.body)).toEqual([]);
      notes += entries.filter(({ kind }) => kind === 'note').length;
      const linked = entries.flatMap(({ alert_id }) => (alert_id === null ? [] : [alert_id]));
      links += linked.length;
      const alerts = await api.get<Page<{ id: number }>>(`/incidents/${id}/alerts?limit=100`);
      expect(alerts.data.map((alert) => alert.id).sort()).toEqual(linked.sort());
    }
    expect(notes).toBeGreaterThan(data.length);
    expect(links).toBeGreaterThan(0);
  });

  it('has an audit log that verifies once it is sealed', async () => {
    await fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*/5+*+*+*+*`);
    const { status, verified_through } = await api.get<{ status: string; verified_through: number }>(
      '/auditlogs/verify',
    );
    expect(status).toBe('ok');
    expect(verified_through).toBeGreaterThan(EVENTS / 10);
  });

  it('is counted by the reports', async () => {
    const from = new Date(Date.now() - 92 * DAY).toISOString();
    const summary = await api.get<{ events: { total: number } }>(`/reports/summary?from=${from}`);
    expect(summary.events.total).toBe(EVENTS);
  });

  it('is not seeded while it runs, nor a second time', async () => {
    const running = await seed('--state', state, '--events', '10');
    expect(running).toMatchObject({ code: 1, output: expect.stringMatching(/is running .* Stop it first/) });
    expect(await total('/events?page=1')).toBe(EVENTS);
    await product.stop();
    const again = await seed('--state', state, '--events', '10');
    expect(again).toMatchObject({
      code: 1,
      output: expect.stringMatching(/holds data already \(2000 events.*--state DIR/),
    });
  });
});

it('takes the place of the demo, and of nothing else', async () => {
  const demo = await startProduct();
  await demo.stop();
  expect(await seed('--state', demo.state, '--events', '300', '--incidents', '0', '--days', '7')).toMatchObject({
    code: 0,
  });
  const database = await openDatabase(demo.state, { readOnly: true });
  const count = (sql: string) => database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()?.n;
  expect(count('events')).toBe(300);
  // The log speaks of the demo's events and alerts: their ids mean nothing else.
  expect(count('events WHERE id <= 24')).toBe(0);
  expect(count('alerts LEFT JOIN events ON events.id = event_id WHERE alert_id IS NOT alerts.id')).toBe(0);
  expect(count(`events WHERE timestamp < ${Date.now() - 7 * DAY - 3_600_000}`)).toBe(0);
  expect(count("users WHERE username IN ('admin', 'analyst')")).toBe(2);
  database.close();
  await rm(demo.state, { recursive: true });
});

it.each([
  ['--events', '0'],
  ['--events', '1e3'],
  ['--incidents', '-1'],
  ['--incidents', '10001'],
  ['--days', '367'],
  ['--seed', 'x'],
])('refuses %s %s and names the limits', (option, value) => {
  expect(() => readOptions([`${option}=${value}`])).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(`^${option} must be a whole number from \\d to [\\d,]+\\.$`),
    }),
  );
});

it('ends with 1 when it is called wrongly, and says how it is used', async () => {
  const [wrong, unknown, help] = await Promise.all([seed('--events', 'many'), seed('--evnts', '5'), seed('--help')]);
  expect(wrong).toMatchObject({ code: 1, output: expect.stringMatching(/^--events must be/) });
  expect(unknown).toMatchObject({ code: 1 });
  expect(help).toMatchObject({ code: 0, output: expect.stringContaining('--incidents N') });
});

it('makes the same data of the same seed at the same time, and other data of another', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21, 9, 30) });
  onTestFinished(() => void vi.useRealTimers());
  const made = async (seed: number) => {
    const saved = { jwtSecret: '', auditSigningKey: '', admin: { username: 'admin', password: 'unused' } };
    const state = { directory: '', saved, isNew: false, save: async () => {} };
    const first = { event: 1, alert: 1, incident: 1, note: 1 };
    const options = { events: 500, incidents: 20, days: 30, seed, state: '' };
    const { events, alerts, incidents, notes } = await makeData(options, { state, first });
    return [[...events], alerts, incidents, notes];
  };
  const one = await made(1);
  expect(await made(1)).toEqual(one);
  expect(await made(2)).not.toEqual(one);
});
