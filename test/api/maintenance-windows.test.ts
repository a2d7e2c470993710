import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { from, inHours, plannedOf, windowIn, windowOf } from '../support/silences.ts';

let analyst: string;
let member: string;
beforeAll(async () => {
  analyst = await signedIn('analyst');
  member = await signedIn('member');
});

const WINDOWS = '/api/v1/maintenance-windows';
const read = async (path: string) => expectStatus(await call('GET', `${WINDOWS}${path}`, { token: member }), 200);
const post = (body: unknown) => call('POST', WINDOWS, { token: analyst, body });
const patch = (id: number, body: unknown) => call('PATCH', `${WINDOWS}/${id}`, { token: analyst, body });
const changed = async (id: number, body: unknown) => expectStatus(await patch(id, body), 200);
const remove = (id: number) => call('DELETE', `${WINDOWS}/${id}`, { token: analyst });
const endSilence = async (id: number) =>
  expectStatus(await call('DELETE', `/api/v1/silences/${id}`, { token: analyst }), 204);
const startsOf = async (id: number) =>
  (await plannedOf(member, id)).map(({ starts_at }: { starts_at: string }) => starts_at);
const hour = (time: string, hours: number) => new Date(Date.parse(time) + hours * 3_600_000).toISOString();

describe('a maintenance window', () => {
  it('plans its occurrences of the next day as silences, and lists those to come', async () => {
    const fields = windowIn(2, { rrule: 'freq=hourly;interval=12;count=4' });
    const window = await windowOf(analyst, fields);
    const first = fields.starts_at as string;
    expect(window).toEqual({
      ...{ id: expect.any(Number), reason: 'Patch night', matchers: from('patched'), rrule: fields.rrule },
      ...{ time_zone: 'UTC', starts_at: first, ends_at: hour(first, 37), duration_seconds: 3_600 },
      ...{ announce_to: null, enabled: true, created_by: 'user:analyst' },
      ...{ created_at: expect.any(String), updated_at: window.created_at },
    });
    expect(await read(`/${window.id}`)).toEqual(window);
    expect((await read('')).data).toContainEqual(window);
    expect(await plannedOf(member, window.id)).toMatchObject([
      { reason: 'Patch night', starts_at: first, ends_at: hour(first, 1), window_id: window.id, state: 'scheduled' },
      { starts_at: hour(first, 12), created_by: 'user:analyst', suppressed_count: 0 },
    ]);
    const { data } = await read(`/${window.id}/occurrences?limit=3`);
    expect(data).toEqual([0, 12, 24].map((n) => ({ starts_at: hour(first, n), ends_at: hour(first, n + 1) })));
    expect(await auditOf(`maintenance_window:${window.id}`)).toMatchObject([{ action: 'maintenance_window.create' }]);
    const [{ id: silence }] = await plannedOf(member, window.id);
    expect(await auditOf(`silence:${silence}`)).toMatchObject([
      { action: 'silence.plan', after: { window_id: window.id, starts_at: Date.parse(first) } },
    ]);
  });

  it('that has begun silences at once, till the end of the occurrence', async () => {
    const { id } = await windowOf(analyst, windowIn(-0.5));
    expect(await plannedOf(member, id)).toMatchObject([{ state: 'active' }, { state: 'scheduled' }]);
  });

  it('plans anew when it is changed: what lasts goes on, what somebody called off stays so', async () => {
    const { id, starts_at } = await windowOf(analyst, windowIn(-0.5, { rrule: 'FREQ=HOURLY;INTERVAL=4;COUNT=9' }));
    const [running, skipped] = await plannedOf(member, id);
    await endSilence(skipped.id);
    await changed(id, { reason: 'Longer', duration_seconds: 7_200 });
    const planned = await plannedOf(member, id);
    expect(planned[0]).toEqual(running);
    expect(planned[1]).toMatchObject({ id: skipped.id, state: 'ended', ended_by: 'user:analyst' });
    expect(planned[2]).toMatchObject({ reason: 'Longer', starts_at: hour(starts_at, 8), ends_at: hour(starts_at, 10) });
    expect(await startsOf(id)).toHaveLength(7);
    expect((await auditOf(`maintenance_window:${id}`)).at(-1)).toMatchObject({
      action: 'maintenance_window.update',
      before: { duration_seconds: 3_600 },
      after: { duration_seconds: 7_200, reason: 'Longer' },
    });
  });

  it('that is turned off ends what lasts and plans nothing; on again, it plans what is to come', async () => {
    const { id, starts_at } = await windowOf(analyst, windowIn(-0.5));
    expect(await changed(id, { enabled: false })).toMatchObject({ enabled: false });
    expect(await plannedOf(member, id)).toMatchObject([{ state: 'ended', ended_by: 'user:analyst' }]);
    expect((await read(`/${id}/occurrences`)).data).toEqual([]);
    await changed(id, { enabled: true });
    expect(await startsOf(id)).toEqual([starts_at, hour(starts_at, 24)]);
  });

  it('that is deleted takes back what it planned and lets go on what lasts; its id is not given again', async () => {
    const { id } = await windowOf(analyst, windowIn(-0.5));
    await expectStatus(await remove(id), 204);
    expect(await plannedOf(member, id)).toMatchObject([{ state: 'active' }]);
    await expectStatus(await call('GET', `${WINDOWS}/${id}`, { token: member }), 404);
    expect((await windowOf(analyst, windowIn(5))).id).toBeGreaterThan(id);
    for (const answer of [await remove(id), await patch(id, { reason: 'x' })]) await expectStatus(answer, 404);
  });

  it('that two change at once is changed by one, and planned once', async () => {
    const { id } = await windowOf(analyst, windowIn(2));
    const answers = await Promise.all(['a', 'b', 'c'].map((reason) => patch(id, { reason })));
    const won = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(won.length).toBeGreaterThan(0);
    const { reason } = await read(`/${id}`);
    expect(await plannedOf(member, id)).toMatchObject([{ reason }]);
    const planned = await env.DB.prepare('SELECT count(*) AS n FROM silences WHERE window_id = ?').bind(id).first('n');
    expect(planned).toBe(1);
  });

  it('is one of a hundred', async () => {
    const n = (await read('')).data.length;
    const ids: number[] = [];
    for (let made = n; made < 100; made++) ids.push((await windowOf(analyst, windowIn(48))).id);
    await expectStatus(await post(windowIn(2)), 409);
    await env.DB.prepare(`DELETE FROM maintenance_windows WHERE id >= ?`).bind(ids[0]).run();
  });
});

describe('the clock of a time zone', () => {
  // Weekly over both changes of the clock; the first is the last Sunday before the first of them.
  const sundays = async (time_zone: string, starts_at: string) => {
    const body = windowIn(0, { time_zone, starts_at, rrule: 'FREQ=WEEKLY;BYDAY=SU;COUNT=34' });
    const { id } = await windowOf(analyst, body);
    const { data } = await read(`/${id}/occurrences?limit=100`);
    await expectStatus(await remove(id), 204);
    return data.map(({ starts_at: at }: { starts_at: string }) => at.slice(0, 16));
  };

  it('keeps a window at 02:30 in Berlin, moves it where 02:30 is skipped, and takes the first of two', async () => {
    const starts = await sundays('Europe/Berlin', '2027-03-21T02:30:00');
    expect(starts.slice(0, 3)).toEqual(['2027-03-21T01:30', '2027-03-28T01:30', '2027-04-04T00:30']);
    expect(starts.slice(30, 33)).toEqual(['2027-10-17T00:30', '2027-10-24T00:30', '2027-10-31T00:30']);
    expect(starts[33]).toBe('2027-11-07T01:30');
  });

  it('and in New York', async () => {
    const starts = await sundays('America/New_York', '2027-03-07T02:30:00-05:00');
    expect(starts.slice(0, 3)).toEqual(['2027-03-07T07:30', '2027-03-14T07:30', '2027-03-21T06:30']);
  });

  it('lasts as many seconds as it says', async () => {
    const { id } = await windowOf(analyst, {
      ...windowIn(0, { time_zone: 'Europe/Berlin', starts_at: '2027-03-28T01:30:00' }),
      ...{ rrule: 'FREQ=WEEKLY;COUNT=1', duration_seconds: 7_200 },
    });
    const { data } = await read(`/${id}/occurrences`);
    expect(data).toEqual([{ starts_at: '2027-03-28T00:30:00.000Z', ends_at: '2027-03-28T02:30:00.000Z' }]);
  });
});

describe('a window is refused with the field named', () => {
  it.each<[string, object, string]>([
    ['that never ends', { rrule: 'FREQ=WEEKLY' }, '#/rrule'],
    ['that fires each second', { rrule: 'FREQ=SECONDLY;COUNT=5' }, '#/rrule'],
    ['that fires each minute', { rrule: 'FREQ=MINUTELY;COUNT=5' }, '#/rrule'],
    ['that ends in more than two years', { rrule: 'FREQ=YEARLY;COUNT=4' }, '#/rrule'],
    ['until a day in more than two years', { rrule: 'FREQ=YEARLY;UNTIL=20991231' }, '#/rrule'],
    ['whose count is out of reach', { rrule: 'FREQ=YEARLY;INTERVAL=9;COUNT=2' }, '#/rrule'],
    ['of more than 1,000 occurrences', { rrule: 'FREQ=HOURLY;COUNT=1001', duration_seconds: 60 }, '#/rrule'],
    ['without an occurrence', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1' }, '#/rrule'],
    ['that is over', { starts_at: inHours(-48), rrule: 'FREQ=DAILY;COUNT=1' }, '#/rrule'],
    ['of no rule', { rrule: 'every Sunday' }, '#/rrule'],
    ['with DTSTART inside', { rrule: 'DTSTART:20261122T023000Z;FREQ=DAILY;COUNT=2' }, '#/rrule'],
    ['of two lines', { rrule: 'DTSTART:20261122T023000Z\nRRULE:FREQ=DAILY;COUNT=2' }, '#/rrule'],
    ['in no zone', { time_zone: 'Europe/Atlantis' }, '#/time_zone'],
    ['in an offset', { time_zone: '+01:00' }, '#/time_zone'],
    ['that lasts as long as the time between two', { duration_seconds: 86_400 }, '#/duration_seconds'],
    ['of seconds', { duration_seconds: 59 }, '#/duration_seconds'],
    ['of more than a week', { duration_seconds: 604_801 }, '#/duration_seconds'],
    [
      'that begins on another day',
      { starts_at: '2026-11-24T02:30:00', rrule: 'FREQ=WEEKLY;BYDAY=SU;COUNT=2' },
      '#/starts_at',
    ],
    [
      'that begins at a time that is skipped',
      { starts_at: '2027-03-28T02:30:00', time_zone: 'Europe/Berlin' },
      '#/starts_at',
    ],
    ['that begins at no time', { starts_at: 'tomorrow' }, '#/starts_at'],
    ['that began long ago', { starts_at: '2020-01-01T00:00:00Z' }, '#/starts_at'],
    ['without matchers', { matchers: [] }, '#/matchers'],
    ['announced to no channel', { announce_to: [7, 999_999] }, '#/announce_to/0'],
  ])('%s', async (_, fields, pointer) => {
    const { errors } = await expectStatus(await post({ ...windowIn(2), ...fields }), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('also when it is changed, and as a whole', async () => {
    const { id } = await windowOf(analyst, windowIn(2));
    const { errors } = await expectStatus(await patch(id, { rrule: 'FREQ=HOURLY;COUNT=5' }), 400);
    expect(errors).toMatchObject([{ pointer: '#/duration_seconds' }]);
    expect(await startsOf(id)).toHaveLength(1);
  });
});
