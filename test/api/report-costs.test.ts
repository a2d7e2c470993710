import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { raised, SCAN } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue } from '../support/rollups.ts';
import { callWith, runCron, silentQueue } from '../support/worker.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-11-20T12:20:00Z');
const START = NOW - 60 * DAY;
const SOURCES = 20;

// Events and alerts, one each, spread over sixty days: every hour and day has each severity.
const fill = (from: number, to: number, all: number) => [
  `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
   INSERT INTO events (id, timestamp, source, event_type, severity, description, attributes, submitted_by, request_id,
     origin, alert_state)
   SELECT i, ${START} + i * ${60 * DAY} / ${all}, 'sensor-' || (i % ${SOURCES}), iif(i % 3, 'scan', 'login'),
     CASE i % 4 WHEN 0 THEN 'critical' WHEN 1 THEN 'high' WHEN 2 THEN 'medium' ELSE 'low' END,
     'Port scan detected', '{}', 'user:x', 'r', '{}', 'done'
   FROM n`,
  `INSERT INTO alerts (id, event_id, severity, status, first_seen, last_seen, created_at, resolved_at)
   SELECT id, id, severity, iif(id % 5, 'resolved', 'open'), timestamp, timestamp, timestamp,
     iif(id % 5, timestamp + 60000, NULL)
   FROM events WHERE id BETWEEN ${from} AND ${to}`,
];

const { db, cost, reset } = countedDb(env.DB);
const bindings = { DB: db, ALERT_QUEUE: silentQueue };

let admin: string;
beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  admin = await signedIn('admin');
  // Whatever authentication reads once and remembers, it has read.
  await expectStatus(await call('GET', '/api/v1/auth/me', { token: admin }), 200);
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function fold(): Promise<void> {
  await makeFoldDue();
  await runCron();
}

async function stored(count: number): Promise<void> {
  await env.DB.batch(
    ['events', 'alerts', 'event_counts', 'alert_counts', 'watermarks'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
  for (const statement of fill(1, count, count)) await env.DB.prepare(statement).run();
  await fold();
}

async function costOf(path: string): Promise<number> {
  reset();
  await expectStatus(await callWith('GET', `/api/v1/reports/${path}`, { token: admin, bindings }), 200);
  expect(cost).toMatchObject({ calls: 1, rowsWritten: 0 });
  return cost.rowsRead;
}

// Rows of the rollups: a day has at most 4 severities of each hour and day, and as many sources and types as it has.
const REPORTS: [string, number][] = [
  ['summary', 3_400],
  ['summary?from=2026-11-20T00:00:00Z', 1_400],
  ['summary?from=2026-01-01T00:00:00Z', 5_000],
  ['timeseries?metric=events&interval=day', 270],
  ['timeseries?metric=alerts&interval=hour&from=2026-11-01T00:00:00Z', 3_800],
  ['timeseries?metric=alerts&interval=week&from=2024-01-01T00:00:00Z', 510],
];

describe.each([10_000, 100_000])('with %i events and as many alerts stored, a report reads', (count) => {
  beforeAll(() => stored(count), 60_000);

  it.each(REPORTS)('no row but of the counts: %s', async (path, bound) => {
    expect(await costOf(path)).toBeLessThanOrEqual(bound);
  });

  // Ten thousand of thirty thousand: nine rows are read for an event (itself, its four buckets, twice), five for an alert.
  it('what is not folded yet besides, at most 10,000 rows of a table', async () => {
    const folded = await costOf('summary');
    for (const statement of fill(count + 1, count + 30_000, 1e9)) await env.DB.prepare(statement).run();
    expect((await costOf('summary')) - folded).toBeLessThanOrEqual(10_000 * (9 + 5) + 300);
  });
});

describe('silent sensors', () => {
  it('are found by one look at each sensor, and a hundred are named', async () => {
    const none = await costOf('summary?from=2026-11-20T00:00:00Z');
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
       INSERT INTO sensors (name, key_prefix, key_hash, silent_since, created_at)
       SELECT 'fw-' || i, '', i, iif(i % 5, NULL, ${START} + i), 0 FROM n`,
    ).run();
    // Those that are silent are sorted besides.
    expect((await costOf('summary?from=2026-11-20T00:00:00Z')) - none).toBeLessThanOrEqual(1_300);
    const { silent_sensors: silent } = await expectStatus(
      await call('GET', '/api/v1/reports/summary', { token: admin }),
      200,
    );
    expect(silent).toHaveLength(100);
    expect(silent[0].name).toBe('fw-5');
  });
});

describe('keeping counts costs', () => {
  const alertPath = async () => `/api/v1/alerts/${(await raised(admin, { severity: 'high' })).id}`;
  const paid = async (method: string, path: string, body?: unknown) => {
    reset();
    const response = await callWith(method, path, { token: admin, body, bindings });
    expect([200, 204]).toContain(response.status);
    return cost.rowsWritten;
  };

  it('nothing for what is not folded yet', async () => {
    expect(await paid('POST', `${await alertPath()}/acknowledge`)).toBe(3);
  });

  it('two rows for each hour and day that a change touches, once it is folded', async () => {
    const path = await alertPath();
    const { id } = await opened(admin);
    const resolved = await opened(admin);
    const before = await paid('POST', `/api/v1/incidents/${resolved.id}/resolve`);
    await fold();
    expect(await paid('POST', `${path}/acknowledge`)).toBe(3 + 4);
    expect(await paid('POST', `${path}/resolve`)).toBe(3 + 4);
    reset();
    await expectStatus(await callWith('POST', `${path}/resolve`, { token: admin, bindings }), 409);
    expect(cost.rowsWritten).toBe(0);
    // The newest alert: itself, its event, the audit row, two buckets, and the watermark, since its id is free again.
    expect(await paid('DELETE', path)).toBe(6);
    expect(await paid('POST', `/api/v1/incidents/${id}/resolve`)).toBe(before + 4);
    await expectStatus(await act(admin, id, 'reopen'), 200);
  });

  it('two rows for each new bucket of a fold of thousands, and none when nothing waits', async () => {
    const body = Array.from({ length: 1_000 }, (_, index) => ({ ...SCAN, source: `s-${index % 50}` }));
    for (let batch = 0; batch < 5; batch++) {
      await expectStatus(await call('POST', '/api/v1/events/batch', { token: admin, body }), 200);
    }
    await makeFoldDue();
    reset();
    await runCron('* * * * *', bindings);
    // Fifty sources; a type and a severity by day, and a severity by hour, which are there; the watermark; and the mark
    // of the sweep, which looked at these events in the same run.
    expect(cost.rowsWritten).toBeLessThanOrEqual(50 * 2 + 5);
    reset();
    await runCron('* * * * *', bindings);
    expect(cost.rowsWritten).toBe(0);
  });
});
