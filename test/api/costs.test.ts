import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { SCAN } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { callWith, deliver, raise, runCron, silentQueue } from '../support/worker.ts';

const { db, cost, reset } = countedDb(env.DB);
const bindings = { DB: db, ALERT_QUEUE: silentQueue };

let member: string;
beforeAll(async () => {
  member = await signedIn('member');
  // Whatever authentication reads once and remembers, it has read.
  await expectStatus(await call('GET', '/api/v1/auth/me', { token: member }), 200);
});
beforeEach(reset);

const post = async (fields: object, token = member) =>
  expectStatus(await callWith('POST', '/api/v1/events', { token, body: { ...SCAN, ...fields }, bindings }), 201);

const batch = async (count: number, fields: object = {}) => {
  const body = Array.from({ length: count }, () => ({ ...SCAN, ...fields }));
  return expectStatus(await callWith('POST', '/api/v1/events/batch', { token: member, body, bindings }), 200);
};

describe('posting an event costs', () => {
  it.each([
    ['a Low one', { severity: 'low' }, 1],
    ['a High one, which is its own outbox', { severity: 'high' }, 1],
    ['a Low one with an external_id', { severity: 'low', external_id: 'a' }, 2],
    ['a High one with an external_id', { severity: 'high', external_id: 'b' }, 2],
  ])('one statement and few rows: %s', async (_, fields, rowsWritten) => {
    await post(fields);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten });
  });

  it('a second statement and no row when it was posted before', async () => {
    await post({ external_id: 'c', severity: 'high' });
    reset();
    await post({ external_id: 'c', severity: 'high' });
    expect(cost).toMatchObject({ calls: 2, statements: 2, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(5);
  });

  it('a sensor three statements with a new key (its key, the event, its activity), and one from then on', async () => {
    const admin = await signedIn('admin');
    const add = await call('POST', '/api/v1/sensors', { token: admin, body: { name: 'fw-1' } });
    const { key } = await expectStatus(add, 201);
    await post({ severity: 'high' }, key);
    expect(cost).toMatchObject({ calls: 3, statements: 3, rowsWritten: 2 });
    reset();
    await post({ severity: 'high' }, key);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 1 });
  });
});

describe('a batch costs one statement', () => {
  it.each([1, 10, 1_000])('with %i events', async (count) => {
    await batch(count);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: count });
  });

  it('and for a thousand High ones a queue message', async () => {
    const sent: unknown[] = [];
    const queue = { send: async (message: unknown) => void sent.push(message) } as unknown as Queue;
    const body = Array.from({ length: 1_000 }, () => ({ ...SCAN, severity: 'high' }));
    const counted = { DB: db, ALERT_QUEUE: queue };
    await expectStatus(await callWith('POST', '/api/v1/events/batch', { token: member, body, bindings: counted }), 200);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 1_000 });
    expect(sent).toHaveLength(1);
  });
});

describe('raising alerts costs', () => {
  it('one batch to decide and one to do it: 2 rows for an alert, 1 for the mark of its event, 1 for the audit row', async () => {
    const { id } = await post({ severity: 'high' });
    reset();
    await deliver([raise(id)], { bindings });
    expect(cost).toMatchObject({ calls: 2, statements: 4 + 3, rowsWritten: 4 });
    expect(cost.rowsRead).toBeLessThanOrEqual(30);
  });

  it('little more for many at once: the audit row is shared, and what is read grows with their number', async () => {
    await batch(100, { severity: 'high' });
    const newest = env.DB.prepare('SELECT id FROM events ORDER BY id DESC LIMIT 100');
    const { results } = await newest.all<{ id: number }>();
    reset();
    await deliver([raise(...results.map(({ id }) => id))], { bindings });
    expect(cost).toMatchObject({ calls: 2, statements: 4 + 3, rowsWritten: 3 * 100 + 1 });
    expect(cost.rowsRead).toBeLessThanOrEqual(20 * 100);
  });

  it('nothing written when there is nothing left to raise', async () => {
    const { id } = await post({ severity: 'high' });
    await deliver([raise(id)], { bindings });
    reset();
    await deliver([raise(id)], { bindings });
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 0 });
  });

  it('two batches for all messages of a delivery', async () => {
    const ids = [await post({ severity: 'high' }), await post({ severity: 'critical' })].map(({ id }) => id);
    reset();
    await deliver(
      ids.map((id) => raise(id)),
      { bindings },
    );
    expect(cost).toMatchObject({ calls: 2, statements: 4 + 3 });
  });

  it('a minute in which there is nothing to do one statement a job and hardly a row', async () => {
    const log = vi.spyOn(console, 'info').mockReturnValue();
    await runCron();
    log.mockRestore();
    reset();
    await runCron('* * * * *', bindings);
    // Nine are the ends of the tables whose counts are folded; every other job reads one at most.
    expect(cost).toMatchObject({ calls: 8, statements: 8, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(9 + 7);
  });
});

describe('triage costs', () => {
  it('one batch a change: the alert, its index when the status changes, and the audit row', async () => {
    const analyst = await signedIn('analyst');
    const { id } = await post({ severity: 'high' });
    await deliver([raise(id)]);
    const { alert_id } = await expectStatus(await call('GET', `/api/v1/events/${id}`, { token: analyst }), 200);
    reset();
    const path = `/api/v1/alerts/${alert_id}`;
    await expectStatus(await callWith('POST', `${path}/acknowledge`, { token: analyst, bindings }), 200);
    // Two statements keep the counts; an alert that is not folded yet has none (report-costs.test.ts has the others).
    // One wakes its escalation, if it has one.
    expect(cost).toMatchObject({ calls: 1, statements: 6, rowsWritten: 3 });
    expect(cost.rowsRead).toBeLessThanOrEqual(18);
    reset();
    await expectStatus(await callWith('POST', `${path}/acknowledge`, { token: analyst, bindings }), 409);
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 0 });
    reset();
    const body = { assignee: 'analyst' };
    await expectStatus(await callWith('POST', `${path}/assign`, { token: analyst, body, bindings }), 200);
    expect(cost).toMatchObject({ calls: 2, rowsWritten: 2 });
  });
});
