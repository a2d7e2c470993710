import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf, posted, raised } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue } from '../support/rollups.ts';
import { runCron } from '../support/worker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let admin: string;
let member: string;
beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  // No hour ends in the middle of a test.
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / HOUR) * HOUR + 20 * MINUTE });
  admin = await signedIn('admin');
  member = await signedIn('member');
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  const tables = ['events', 'alerts', 'incidents', 'event_counts', 'alert_counts', 'incident_counts', 'watermarks'];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

const report = async (path: string) =>
  expectStatus(await call('GET', `/api/v1/reports/${path}`, { token: member }), 200);

const fold = async () => {
  await makeFoldDue();
  await runCron();
};

const sql = (text: string, ...values: unknown[]) =>
  env.DB.prepare(text)
    .bind(...values)
    .run();

/** Dates back what was stored; it must not be folded yet. */
const moveEvent = (id: number, time: number) => sql('UPDATE events SET timestamp = ? WHERE id = ?', time, id);

type Past = { raisedAt: number; acknowledgedAfter?: number; resolvedAfter?: number; verdict?: string };

/** An alert with a past of its own. */
async function pastAlert({
  raisedAt,
  acknowledgedAfter,
  resolvedAfter,
  verdict,
  ...fields
}: Past & { severity?: string }) {
  const { id } = await raised(admin, fields);
  const path = `/api/v1/alerts/${id}`;
  const after = (ms: number | undefined) => (ms === undefined ? null : raisedAt + ms);
  if (acknowledgedAfter) await expectStatus(await call('POST', `${path}/acknowledge`, { token: admin }), 200);
  const body = { verdict };
  if (resolvedAfter) await expectStatus(await call('POST', `${path}/resolve`, { token: admin, body }), 200);
  const times = [raisedAt, after(acknowledgedAfter), after(resolvedAfter)];
  await sql('UPDATE alerts SET created_at = ?, acknowledged_at = ?, resolved_at = ? WHERE id = ?', ...times, id);
  return id;
}

const NO_TARGET = { total: 0, missed: 0, met_rate: null };

// Folded or not, a report says the same.
const both = [
  ['before any fold', async () => {}],
  ['once it is folded', fold],
] as const;

describe.each(both)('the summary, %s', (_, settle) => {
  it('counts what was just posted', async () => {
    for (const severity of ['low', 'low', 'medium', 'critical']) await posted(member, { severity });
    await settle();
    const { events, complete, as_of } = await report('summary');
    expect(events).toMatchObject({ total: 4, by_severity: { low: 2, medium: 1, high: 0, critical: 1 } });
    expect(complete).toBe(true);
    expect(Date.now() - Date.parse(as_of)).toBeLessThan(5_000);
  });

  it('equals a count by hand of how fast alerts were dealt with', async () => {
    const raisedAt = Date.now() - 2 * DAY;
    const minutes = (count: number) => count * MINUTE;
    const high = { severity: 'high', raisedAt };
    await pastAlert({ ...high, acknowledgedAfter: minutes(10), resolvedAfter: minutes(60), verdict: 'true_positive' });
    await pastAlert({ ...high, acknowledgedAfter: minutes(20) });
    // Resolved without being acknowledged: answered when it was resolved.
    await pastAlert({ ...high, resolvedAfter: minutes(30), verdict: 'false_positive' });
    await pastAlert({ severity: 'critical', raisedAt, resolvedAfter: minutes(2), verdict: 'benign' });
    await pastAlert({ severity: 'critical', raisedAt, resolvedAfter: minutes(4), verdict: 'false_positive' });
    await pastAlert({ severity: 'critical', raisedAt });
    await settle();
    const { alerts } = await report('summary');
    expect(alerts).toMatchObject({ total: 6, open: 1, acknowledged: 1, resolved: 4 });
    // (10 + 20 + 30) / 3 minutes, (60 + 30) / 2 minutes; (2 + 4) / 2 for both.
    expect(alerts.by_severity.high).toEqual({
      total: 3,
      open: 0,
      acknowledged: 1,
      resolved: 2,
      mtta_seconds: 1200,
      mttr_seconds: 2700,
      targets: { acknowledge: NO_TARGET, resolve: NO_TARGET },
    });
    expect(alerts.by_severity.critical).toMatchObject({ total: 3, open: 1, mtta_seconds: 180, mttr_seconds: 180 });
    // (10 + 20 + 30 + 2 + 4) / 5 and (60 + 30 + 2 + 4) / 4 minutes.
    expect(alerts).toMatchObject({ mtta_seconds: 792, mttr_seconds: 1440 });
    expect(alerts.by_severity.low).toMatchObject({ total: 0, mtta_seconds: null, mttr_seconds: null });
    expect(alerts.verdicts).toEqual({ true_positive: 1, false_positive: 2, benign: 1 });
    expect(alerts.false_positive_rate).toBe(0.5);
    const { points } = await report('timeseries?metric=alerts&interval=week');
    const raised = points.filter(({ total }: { total: number }) => total > 0);
    expect(raised).toMatchObject([{ mtta_seconds: 792, mttr_seconds: 1440 }]);
    expect(points[0]).toMatchObject({ total: 0, mtta_seconds: null, mttr_seconds: null });
  });

  it('tells how targets were kept, as a whole and by severity', async () => {
    const raisedAt = Math.floor(Date.now() / HOUR) * HOUR - DAY;
    const target = async (kind: string, id: number, missed: boolean) =>
      sql(
        `UPDATE alerts SET ${kind}_by = created_at + 60000, ${kind}_breached_at = iif(?, created_at + 60000, NULL)
         WHERE id = ?`,
        Number(missed),
        id,
      );
    for (const [severity, missed] of [
      ['high', true],
      ['high', false],
      ['high', false],
      ['critical', true],
    ] as const) {
      const id = await pastAlert({ raisedAt, severity });
      await target('acknowledge', id, missed);
      if (severity === 'critical') await target('resolve', id, false);
    }
    await pastAlert({ raisedAt, severity: 'high' });
    await settle();
    const figures = (total: number, missed: number, met_rate: number) => ({ total, missed, met_rate });
    const whole = { acknowledge: figures(4, 2, 0.5), resolve: figures(1, 0, 1) };
    const high = { acknowledge: figures(3, 1, 0.6667), resolve: NO_TARGET };
    const critical = { acknowledge: figures(1, 1, 0), resolve: figures(1, 0, 1) };
    const { alerts } = await report('summary');
    expect(alerts.targets).toEqual(whole);
    expect(alerts.by_severity).toMatchObject({ high: { targets: high }, critical: { targets: critical } });
    const at = new Date(raisedAt).toISOString();
    const { points } = await report(
      `timeseries?metric=alerts&interval=hour&from=${at}&to=${at.replace(':00.', ':01.')}`,
    );
    expect(points).toHaveLength(1);
    expect(points[0].targets).toEqual(whole);
    expect(points[0].targets_by_severity).toMatchObject({ high, critical, low: { acknowledge: NO_TARGET } });
  });

  it('counts incidents that are not deleted, and how long they took', async () => {
    const ids: number[] = [];
    for (const severity of ['sev1', 'sev1', 'sev2', 'sev4']) ids.push((await opened(admin, { severity })).id);
    const [first = 0, second = 0, third = 0, fourth = 0] = ids;
    await expectStatus(await act(admin, first, 'resolve'), 200);
    await expectStatus(await act(admin, second, 'mitigate'), 200);
    await sql('UPDATE incidents SET resolved_at = created_at + ? WHERE id = ?', 90 * MINUTE, first);
    await settle();
    await expectStatus(await call('DELETE', `/api/v1/incidents/${fourth}`, { token: admin }), 204);
    await expectStatus(await act(admin, third, 'mitigate'), 200);
    const { incidents } = await report('summary');
    expect(incidents).toMatchObject({ total: 3, open: 0, mitigated: 2, resolved: 1, mttr_seconds: 5400 });
    expect(incidents.by_severity.sev1).toEqual({ total: 2, open: 0, mitigated: 1, resolved: 1, mttr_seconds: 5400 });
    expect(incidents.by_severity.sev4).toMatchObject({ total: 0, mttr_seconds: null });
    const { points } = await report('timeseries?metric=incidents&interval=week');
    expect(points.at(-1)).toMatchObject({ total: 3, mttr_seconds: 5400 });
    expect(points.at(-1)).not.toHaveProperty('mtta_seconds');
    await expectStatus(await act(admin, fourth, 'restore'), 200);
    expect((await report('summary')).incidents).toMatchObject({ total: 4, open: 1 });
  });

  it('names the ten busiest sources and event types', async () => {
    const body = Array.from({ length: 12 }, (_, source) =>
      Array.from({ length: source + 1 }, (_, index) => ({
        source: `s-${source + 1}`,
        event_type: index % 3 ? 'scan' : 'login',
        severity: 'low',
      })),
    ).flat();
    await expectStatus(await call('POST', '/api/v1/events/batch', { token: member, body }), 200);
    await settle();
    const { events } = await report('summary');
    expect(events.busiest_sources).toHaveLength(10);
    expect(events.busiest_sources[0]).toEqual({ source: 's-12', events: 12 });
    expect(events.busiest_sources.at(-1)).toEqual({ source: 's-3', events: 3 });
    expect(events.busiest_event_types).toEqual([
      { event_type: 'scan', events: 48 },
      { event_type: 'login', events: 30 },
    ]);
  });

  it('counts whole hours of its range and no more', async () => {
    const noon = Math.floor((Date.now() - 3 * DAY) / DAY) * DAY + 12 * HOUR;
    const from = noon - DAY;
    for (const time of [from - 1, from, from + 30 * MINUTE, noon - 6 * HOUR, noon - 1, noon, noon + 1]) {
      await moveEvent((await posted(member)).id, time);
    }
    await settle();
    const asked = `from=${new Date(from + 20 * MINUTE).toISOString()}&to=${new Date(noon - 20 * MINUTE).toISOString()}`;
    expect(await report(`summary?${asked}`)).toMatchObject({
      from: new Date(from).toISOString(),
      to: new Date(noon).toISOString(),
      events: { total: 4 },
    });
    const within = new Date(noon - 5 * HOUR).toISOString();
    expect((await report(`summary?from=${within}&to=${within}`)).events.total).toBe(0);
    const month = await report(`summary?from=${new Date(from - 20 * DAY).toISOString()}`);
    expect(month.events.total).toBe(7);
  });

  it('tells how old open and acknowledged alerts are, whatever the range', async () => {
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    const ago = (hours: number) => ({ raisedAt: hour - hours * HOUR + 30 * MINUTE });
    for (const hours of [0, 1, 3, 4, 23, 24, 167, 168, 9_000]) await pastAlert({ severity: 'high', ...ago(hours) });
    await pastAlert({ severity: 'critical', ...ago(5), acknowledgedAfter: MINUTE });
    await pastAlert({ severity: 'critical', ...ago(5), resolvedAfter: MINUTE });
    await settle();
    const { ageing, alerts } = await report(`summary?from=${new Date(hour).toISOString()}`);
    const none = { under_1_hour: 0, '1_to_4_hours': 0, '4_to_24_hours': 0, '1_to_7_days': 0, over_7_days: 0 };
    expect(ageing.open.high).toEqual({
      under_1_hour: 1,
      '1_to_4_hours': 2,
      '4_to_24_hours': 2,
      '1_to_7_days': 2,
      over_7_days: 2,
    });
    expect(ageing.open.critical).toEqual(none);
    expect(ageing.acknowledged).toMatchObject({ high: none, critical: { ...none, '4_to_24_hours': 1 } });
    expect(alerts.total).toBe(1);
  });
});

describe('the summary', () => {
  it('names the silent sensors, the longest silent first, for everybody', async () => {
    const heard = (ms: number) => new Date(Date.now() - ms).toISOString();
    const insert = `INSERT INTO sensors (name, key_prefix, key_hash, silent_since, last_seen_at, created_at)
      VALUES (?1, '', ?1, ?2, coalesce(?2, ?3), 0)`;
    const silences = [HOUR, null, DAY].map((ms) => ms && Date.now() - ms);
    for (const [index, since] of silences.entries()) await sql(insert, `fw-${index}`, since, Date.now());
    const { silent_sensors: silent } = await report('summary?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z');
    expect(silent).toEqual([
      { id: expect.any(Number), name: 'fw-2', since: heard(DAY) },
      { id: expect.any(Number), name: 'fw-0', since: heard(HOUR) },
    ]);
    await sql('DELETE FROM sensors');
  });
});

describe.each(both)('the time series, %s', (_, settle) => {
  it('has a point for each hour, the empty ones too', async () => {
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    for (const hours of [2, 2, 4])
      await moveEvent((await posted(member, { severity: 'medium' })).id, hour - hours * HOUR);
    await settle();
    const range = `from=${new Date(hour - 4 * HOUR).toISOString()}&to=${new Date(hour).toISOString()}`;
    const { points } = await report(`timeseries?interval=hour&${range}`);
    expect(points.map(({ total }: { total: number }) => total)).toEqual([1, 0, 2, 0]);
    expect(points[2]).toEqual({
      start: new Date(hour - 2 * HOUR).toISOString(),
      total: 2,
      by_severity: { low: 0, medium: 2, high: 0, critical: 0 },
    });
  });

  it('has days and weeks that start on Monday', async () => {
    const monday = Date.parse('2026-11-09T00:00:00Z');
    for (const time of [monday - 1, monday, monday + 6 * DAY, monday + 7 * DAY - 1, monday + 7 * DAY]) {
      await pastAlert({ severity: 'critical', raisedAt: time });
    }
    await settle();
    const range = 'from=2026-11-04T10:00:00Z&to=2026-11-17T00:00:00%2B01:00';
    const weeks = await report(`timeseries?metric=alerts&interval=week&${range}`);
    expect(weeks).toMatchObject({ from: '2026-11-02T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', complete: true });
    const summed = weeks.points.map(({ start, total }: { start: string; total: number }) => [
      start.slice(0, 10),
      total,
    ]);
    expect(summed).toEqual([
      ['2026-11-02', 1],
      ['2026-11-09', 3],
      ['2026-11-16', 1],
    ]);
    const days = await report(`timeseries?metric=alerts&interval=day&${range}`);
    expect(days.points).toHaveLength(13);
    expect(days.points[4]).toMatchObject({ start: '2026-11-08T00:00:00.000Z', total: 1 });
  });

  it('knows incidents', async () => {
    await opened(member, { severity: 'sev2' });
    await settle();
    const { points, metric } = await report('timeseries?metric=incidents&interval=hour');
    expect(metric).toBe('incidents');
    expect(points).toHaveLength(25);
    expect(points.at(-1)).toMatchObject({ total: 1, by_severity: { sev1: 0, sev2: 1, sev3: 0, sev4: 0 } });
  });
});

describe('a report refuses', () => {
  it.each([
    ['summary?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'query/from'],
    ['summary?from=2999-01-01T00:00:00Z', 'query/from'],
    ['summary?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'query/from'],
    ['summary?from=yesterday', 'query/from'],
    ['summary?to=0001-01-01T00:00:00Z', 'query/to'],
    ['summary?to=9999-12-31T23:59:59Z', 'query/to'],
    ['summary?days=3', 'query/days'],
    ['summary?to=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'query/to'],
    ['timeseries?metric=users', 'query/metric'],
    ['timeseries?interval=minute', 'query/interval'],
    ['timeseries?interval=hour&from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z', 'query/from'],
    ['timeseries?interval=day&from=2025-01-01T00:00:00Z&to=2026-02-02T00:00:00Z', 'query/from'],
    ['timeseries?interval=week&from=2020-01-01T00:00:00Z&to=2026-02-02T00:00:00Z', 'query/from'],
    ['rollups/2026-02-30', 'path/day'],
    ['rollups/today', 'path/day'],
  ])('%s', async (path, pointer) => {
    const problem = await expectStatus(await call('GET', `/api/v1/reports/${path}`, { token: admin }), 400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    const [, value = ''] = path.match(/[=/]([\w:-]{5,})$/) ?? [];
    if (value) expect(JSON.stringify(problem.errors)).not.toContain(value);
  });
});

describe('the counts of a day', () => {
  const today = new Date().toISOString().slice(0, 10);
  const check = async () => expectStatus(await call('GET', `/api/v1/reports/rollups/${today}`, { token: admin }), 200);

  it('are right, are found wrong when something wrote past us, and are rebuilt', async () => {
    await raised(admin, { severity: 'high' });
    await posted(member, { source: 'fw-1' });
    await opened(member);
    await fold();
    // What comes after a fold is none of its business.
    await posted(member);
    expect(await check()).toEqual({ day: today, ok: true, differences: [] });

    await sql("UPDATE event_counts SET events = events + 3 WHERE dimension = 'source' AND value = 'fw-1'");
    await sql("DELETE FROM alert_counts WHERE period = 'hour'");
    await sql("INSERT INTO incident_counts VALUES ('day', ?, 'sev4', 0, 0, 2, 500)", Date.parse(today));
    const wrong = await check();
    const at = { start: `${today}T00:00:00.000Z`, period: 'day' };
    expect(wrong.differences).toEqual([
      { ...at, counted: 'events', dimension: 'source', value: 'fw-1', surplus: { events: 3 } },
      {
        counted: 'alerts',
        period: 'hour',
        start: expect.any(String),
        dimension: 'severity',
        value: 'high',
        surplus: { open: -1 },
      },
      { ...at, counted: 'incidents', dimension: 'severity', value: 'sev4', surplus: { resolved: 2, resolved_ms: 500 } },
    ]);

    const path = `/api/v1/reports/rollups/${today}/rebuild`;
    expect(await expectStatus(await call('POST', path, { token: admin }), 200)).toEqual(wrong);
    expect(await check()).toMatchObject({ ok: true });
    expect(await auditOf(`rollups:${today}`)).toMatchObject([
      { actor: 'user:admin', action: 'report.rebuild', after: { differences: 3 } },
    ]);
    const { events, alerts, incidents } = await report('summary');
    expect([events.total, alerts.total, incidents.total]).toEqual([3, 1, 1]);
  });

  it('of a day that is over are found by its time', async () => {
    const yesterday = Date.parse(today) - DAY;
    for (const time of [yesterday - 1, yesterday, yesterday + DAY - 1, yesterday + DAY]) {
      await moveEvent((await posted(member)).id, time);
    }
    await fold();
    const path = `/api/v1/reports/rollups/${new Date(yesterday).toISOString().slice(0, 10)}`;
    expect(await expectStatus(await call('GET', path, { token: admin }), 200)).toMatchObject({ ok: true });
    await sql('UPDATE event_counts SET events = 0 WHERE start = ?', yesterday);
    const rebuilt = await expectStatus(await call('POST', `${path}/rebuild`, { token: admin }), 200);
    expect(rebuilt.differences[0].surplus).toEqual({ events: -2 });
    expect(await expectStatus(await call('GET', path, { token: admin }), 200)).toMatchObject({ ok: true });
  });
});
