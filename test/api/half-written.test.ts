import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectStatus } from '../support/client.ts';
import { posted, raised, SCAN } from '../support/events.ts';
import { dbFailingAtStatement, everyRow } from '../support/failing-statement.ts';
import { opened } from '../support/incidents.ts';
import { signedIn } from '../support/people.ts';
import { callWith, silentQueue } from '../support/worker.ts';

let admin: string;
let sensor: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  const { key } = await expectStatus(
    await callWith('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-1' }, bindings: {} }),
    201,
  );
  sensor = key;
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

// Each test has a quota of its own.
beforeEach(async () => {
  admin = await signedIn('admin', crypto.randomUUID());
});

let alert: { id: number; event: { id: number } };
let other: { id: number };
let event: { id: number };
let incident: { id: number };
async function prepare() {
  alert = await raised(admin);
  other = await raised(admin);
  event = await posted(admin, { external_id: crypto.randomUUID() });
  incident = await opened(admin);
}

const HIGH = { ...SCAN, severity: 'high' };
const id = () => crypto.randomUUID();

/** Every route that changes events or alerts. */
const CHANGES: [string, string, () => string, () => unknown][] = [
  ['post an event', 'POST', () => '/events', () => HIGH],
  ['post an event with an id', 'POST', () => '/events', () => ({ ...HIGH, external_id: id() })],
  ['post a batch', 'POST', () => '/events/batch', () => [HIGH, { ...SCAN, external_id: id() }, HIGH]],
  ['replace an event', 'PUT', () => `/events/${event.id}`, () => HIGH],
  ['change an event', 'PATCH', () => `/events/${alert.event.id}`, () => ({ severity: 'critical' })],
  ['delete an event', 'DELETE', () => `/events/${alert.event.id}`, () => undefined],
  ['acknowledge', 'POST', () => `/alerts/${alert.id}/acknowledge`, () => undefined],
  ['resolve', 'POST', () => `/alerts/${alert.id}/resolve`, () => ({ verdict: 'true_positive' })],
  ['assign', 'POST', () => `/alerts/${alert.id}/assign`, () => ({ assignee: 'admin' })],
  ['change an alert', 'PATCH', () => `/alerts/${alert.id}`, () => ({ severity: 'critical', status: 'acknowledged' })],
  ['delete an alert', 'DELETE', () => `/alerts/${alert.id}`, () => undefined],
  ['promote', 'POST', () => `/alerts/${alert.id}/promote`, () => ({})],
  ['link', 'POST', () => `/incidents/${incident.id}/alerts`, () => ({ alert_ids: [alert.id, other.id] })],
  ['act on many', 'POST', () => '/alerts/bulk', () => ({ action: 'acknowledge', ids: [alert.id, other.id] })],
  [
    'promote many',
    'POST',
    () => '/alerts/bulk',
    () => ({ action: 'promote', ids: [alert.id, other.id], incident: { title: 'Both' } }),
  ],
];

const IS_READ = /^\s*\(?select/i;

/** Does it with a database that fails at the n-th statement; whether something was written, and what was executed. */
async function failAt(n: number, [, method, path, body]: (typeof CHANGES)[number]) {
  await prepare();
  const before = await everyRow();
  const { db, executed } = dbFailingAtStatement(n);
  const bindings = { DB: db, ALERT_QUEUE: silentQueue };
  const response = await callWith(method, `/api/v1${path()}`, { token: admin, body: body(), bindings });
  if (executed.length < n) expect(response.status).toBeLessThan(300);
  else expect((await expectStatus(response, 503)).type).toBe('/problems#unavailable');
  return { executed, hasWritten: !isDeepStrictEqual(await everyRow(), before) };
}

describe('when the database fails at any statement, all is written or nothing', () => {
  it.each(CHANGES)('%s', async (...change) => {
    const written: number[] = [];
    for (let n = 1; ; n++) {
      const { executed, hasWritten } = await failAt(n, change);
      if (executed.length >= n) {
        if (hasWritten) written.push(n);
        continue;
      }
      expect(executed.length).toBeGreaterThan(0);
      // What failed after the change was whole is the reading of it for the answer.
      for (const failed of written) expect(executed.slice(failed - 1).filter((sql) => !IS_READ.test(sql))).toEqual([]);
      return;
    }
  });

  it('an event that a sensor is told to send again is not stored, and not counted', async () => {
    for (let n = 1; ; n++) {
      const before = await everyRow();
      const { db } = dbFailingAtStatement(n);
      const bindings = { DB: db, ALERT_QUEUE: silentQueue };
      const response = await callWith('POST', '/api/v1/events', { token: sensor, body: HIGH, bindings });
      if (response.status === 201) return;
      await expectStatus(response, 503);
      expect(await everyRow()).toEqual(before);
    }
  });
});
