import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { expectStatus } from '../support/client.ts';
import { raised, SCAN } from '../support/events.ts';
import { withOwnSessions } from '../support/own-sessions.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { callWith, silentQueue } from '../support/worker.ts';

const QUOTA = (rows: string) =>
  `D1_ERROR: Your account has exceeded D1's free tier daily row ${rows} limit. Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.`;

let admin: string;
let alert: { id: number; event: { id: number } };
beforeAll(async () => {
  admin = await signedIn('admin');
  alert = await raised(admin);
});
beforeEach(() => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A database of its own that fails with `fault` while there is one, and says whether it was asked. */
function unsteadyDb() {
  const state: { fault: string | undefined; asked: number } = { fault: OVERLOADED, asked: 0 };
  const target = () => {
    state.asked += 1;
    return state.fault ? brokenDb(state.fault) : env.DB;
  };
  const prepare = (sql: string) => target().prepare(sql);
  const batch = <T>(statements: D1PreparedStatement[]) => target().batch<T>(statements);
  const bindings = { DB: withOwnSessions({ prepare, batch }), ALERT_QUEUE: silentQueue };
  const ask = (method: string, path: string, body?: unknown) =>
    callWith(method, `/api/v1${path}`, { token: admin, body, bindings });
  return { state, ask };
}

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

/** Seconds until a list is answered again. */
async function shedFor(ask: (method: string, path: string) => Promise<Response>): Promise<number> {
  for (let seconds = 0; seconds < 60; seconds++) {
    if ((await ask('GET', '/events')).status === 200) return seconds;
    later(1);
  }
  throw new Error('still shed after a minute');
}

describe('after the database was overloaded', () => {
  const CAN_WAIT = [
    '/events',
    '/events?search=zebra',
    '/events/export?format=csv',
    '/alerts',
    '/alerts/export?format=ndjson',
    '/incidents',
    '/incidents/1/timeline',
    '/reports/summary',
    '/auditlogs',
    '/auditlogs/verify',
    '/sensors',
    '/users',
  ];

  it('what can wait is answered 503 without asking it', async () => {
    const { state, ask } = unsteadyDb();
    await expectStatus(await ask('GET', '/events'), 503);
    Object.assign(state, { fault: undefined, asked: 0 });
    for (const path of CAN_WAIT) {
      const response = await ask('GET', path);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(2);
      expect(response.headers.get('RateLimit')).not.toBeNull();
      expect((await expectStatus(response, 503)).type).toBe('/problems#unavailable');
    }
    expect(state.asked).toBe(0);
  });

  it('events, signing in, triage and single things go on', async () => {
    const { state, ask } = unsteadyDb();
    await expectStatus(await ask('POST', '/events', SCAN), 503);
    state.fault = undefined;
    await expectStatus(await ask('GET', '/alerts'), 503);
    await expectStatus(await ask('POST', '/events', SCAN), 201);
    await expectStatus(await ask('POST', '/events/batch', [SCAN]), 200);
    await expectStatus(await ask('POST', '/token', { username: 'admin', password: PASSWORD }), 200);
    await expectStatus(await ask('GET', `/alerts/${alert.id}`), 200);
    await expectStatus(await ask('POST', `/alerts/${alert.id}/acknowledge`), 200);
    await expectStatus(await ask('GET', `/events/${alert.event.id}`), 200);
    for (const path of ['/auth/me', '/health', '/openapi.json']) await expectStatus(await ask('GET', path), 200);
  });

  it('all is as before two seconds later', async () => {
    const { state, ask } = unsteadyDb();
    await expectStatus(await ask('GET', '/events'), 503);
    state.fault = undefined;
    expect(await shedFor(ask)).toBe(2);
  });

  it('again and again, it takes longer each time, but not more than ten seconds', async () => {
    const { state, ask } = unsteadyDb();
    const spells: number[] = [];
    for (let n = 0; n < 5; n++) {
      state.fault = OVERLOADED;
      // Many fail at once; that is one overload.
      await Promise.all(Array.from({ length: 5 }, () => ask('POST', '/events', SCAN)));
      state.fault = undefined;
      spells.push(await shedFor(ask));
    }
    expect(spells).toEqual([2, 4, 8, 10, 10]);
    later(11);
    state.fault = OVERLOADED;
    await ask('GET', '/events');
    state.fault = undefined;
    expect(await shedFor(ask)).toBe(2);
  });

  it('clients are told to return at different times, never too early', async () => {
    const { ask } = unsteadyDb();
    const waits = new Set<number>();
    for (let n = 0; n < 60; n++) waits.add(Number((await ask('GET', '/events')).headers.get('Retry-After')));
    expect([...waits].sort()).toEqual([2, 3, 4, 5]);
  });
});

describe('nothing is shed', () => {
  it.each(['D1_ERROR: Network connection lost.', 'no such table: zebra'])(
    'after a fault of another kind: %s',
    async (fault) => {
      const { state, ask } = unsteadyDb();
      state.fault = fault;
      expect((await ask('GET', '/events')).status).toBeGreaterThanOrEqual(500);
      state.fault = undefined;
      await expectStatus(await ask('GET', '/events'), 200);
    },
  );

  it('by a database because of another one', async () => {
    const [strained, sound] = [unsteadyDb(), unsteadyDb()];
    await strained.ask('GET', '/events');
    sound.state.fault = undefined;
    await expectStatus(await sound.ask('GET', '/events'), 200);
  });
});

describe('when the rows of the day are used up', () => {
  it.each(['read', 'write'])('the answer is 503, and to come again in minutes: %s', async (rows) => {
    const { state, ask } = unsteadyDb();
    state.fault = QUOTA(rows);
    const response = await ask('POST', '/events', SCAN);
    expect((await expectStatus(response, 503)).type).toBe('/problems#unavailable');
    expect(Number(response.headers.get('Retry-After'))).toBe(300);
  });

  it('by reading, reads are shed; by writing, they go on', async () => {
    for (const [rows, status] of [
      ['read', 503],
      ['write', 200],
    ] as const) {
      const { state, ask } = unsteadyDb();
      state.fault = QUOTA(rows);
      await ask('POST', '/events', SCAN);
      state.fault = undefined;
      await expectStatus(await ask('GET', '/events'), status);
    }
  });
});
