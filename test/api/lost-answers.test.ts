import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, expectStatus, type Options } from '../support/client.ts';
import { SCAN, storedAlerts, storedEvents } from '../support/events.ts';
import { withOwnSessions } from '../support/own-sessions.ts';
import { signedIn } from '../support/people.ts';
import { callWith, runCron, silentQueue } from '../support/worker.ts';

let member: string;
beforeAll(async () => {
  member = await signedIn('member');
  for (const level of ['warn', 'info'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

/** A database that does what it is asked, and then loses the connection over which it should say so. */
function speechlessDb(): D1Database {
  const lost = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'));
  const speechless = (statement: D1PreparedStatement) => {
    const run = () => statement.all().then(lost);
    const bind = (...values: unknown[]) => speechless(statement.bind(...values));
    return { bind, all: run, run, raw: run, first: run } as unknown as D1PreparedStatement;
  };
  return withOwnSessions({ prepare: (sql) => speechless(env.DB.prepare(sql)), batch: lost });
}

const HIGH = { ...SCAN, severity: 'high' };
const bindings = { DB: speechlessDb(), ALERT_QUEUE: silentQueue };

let before: { events: number; alerts: number };
beforeEach(async () => {
  // Whoever asks is known already, so that the first thing that is lost is the answer to the event.
  await expectStatus(await call('GET', '/api/v1/auth/me', { token: member }), 200);
  before = { events: await storedEvents(), alerts: await storedAlerts() };
});

/** Posts so that the event is stored and the answer is lost; then again as a client would. */
async function postTwice(path: string, options: Options): Promise<Response> {
  const first = await callWith('POST', path, { ...options, token: member, bindings });
  expect(Number(first.headers.get('Retry-After'))).toBeGreaterThan(0);
  await expectStatus(first, 503);
  expect(await storedEvents()).toBeGreaterThan(before.events);
  return call('POST', path, { ...options, token: member });
}

async function expectStored(count: number): Promise<void> {
  await runCron();
  await runCron();
  expect(await storedEvents()).toBe(before.events + count);
  expect(await storedAlerts()).toBe(before.alerts + count);
}

describe('an event whose answer was lost is stored once, with one alert, when it is sent again', () => {
  it('by its external_id', async () => {
    const retry = await postTwice('/api/v1/events', { body: { ...HIGH, external_id: 'lost-1' } });
    expect(retry.headers.get('Idempotency-Replayed')).toBe('true');
    expect((await expectStatus(retry, 201)).external_id).toBe('lost-1');
    await expectStored(1);
  });

  it('by its Idempotency-Key', async () => {
    const retry = await postTwice('/api/v1/events', { body: HIGH, headers: { 'Idempotency-Key': '"lost-2"' } });
    expect(retry.headers.get('Idempotency-Replayed')).toBe('true');
    await expectStatus(retry, 201);
    await expectStored(1);
  });

  it('in a batch, by the external_id of each', async () => {
    const body = Array.from({ length: 20 }, (_, n) => ({ ...HIGH, external_id: `lost-batch-${n}` }));
    const retry = await postTwice('/api/v1/events/batch', { body });
    expect(await expectStatus(retry, 200)).toEqual({ accepted: 0, duplicates: 20, rejected: [] });
    await expectStored(20);
  });
});
