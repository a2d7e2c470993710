import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus, type Options } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { posted, SCAN } from '../support/events.ts';
import { laggingDb } from '../support/lagging-db.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { callWith, silentQueue } from '../support/worker.ts';

const EARLIER = '00000000-00000001-00000000-00000000000000000000000000000000';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const bookmarkOf = (response: Response) => response.headers.get('X-D1-Bookmark') ?? '';
const withBookmark = (bookmark: string) => ({ 'x-d1-bookmark': bookmark });

/** How the one session of a request was started. */
async function startOf(method: string, path: string, options: Options = {}): Promise<unknown> {
  const DB: D1Database = countedDb(env.DB).db;
  const starts = vi.spyOn(DB, 'withSession');
  const response = await callWith(method, path, {
    token: admin,
    ...options,
    bindings: { DB, ALERT_QUEUE: silentQueue },
  });
  expect(response.status).toBeLessThan(300);
  expect(starts).toHaveBeenCalledTimes(1);
  return starts.mock.calls[0]?.[0];
}

describe('a request has one session of the database', () => {
  it('that any replica may serve when it reads', async () => {
    const { id } = await posted(admin);
    for (const path of ['/api/v1/events', `/api/v1/events/${id}`, '/api/v1/reports/summary', '/health']) {
      expect(await startOf('GET', path)).toBe('first-unconstrained');
    }
    expect(await startOf('HEAD', '/api/v1/events')).toBe('first-unconstrained');
  });

  it('that is as new as the bookmark when it reads with one', async () => {
    expect(await startOf('GET', '/api/v1/events', { headers: withBookmark(EARLIER) })).toBe(EARLIER);
  });

  it('that starts at the primary when it changes something, with a bookmark or without', async () => {
    const { id } = await posted(admin);
    const signIn = { body: { username: 'admin', password: PASSWORD }, token: undefined };
    expect(await startOf('POST', '/api/v1/token', signIn)).toBe('first-primary');
    expect(await startOf('POST', '/api/v1/events', { body: SCAN })).toBe('first-primary');
    expect(await startOf('POST', '/api/v1/events/batch', { body: [SCAN] })).toBe('first-primary');
    const patch = { body: { severity: 'medium' }, headers: withBookmark(EARLIER) };
    expect(await startOf('PATCH', `/api/v1/events/${id}`, patch)).toBe('first-primary');
    expect(await startOf('DELETE', `/api/v1/events/${id}`)).toBe('first-primary');
  });
});

describe('the bookmark', () => {
  it('is answered by whatever asked the database, errors included, and taken back', async () => {
    const answers = [
      await call('POST', '/api/v1/events', { token: admin, body: SCAN }),
      await call('GET', '/api/v1/events', { token: admin }),
      await call('GET', '/api/v1/events/999999', { token: admin }),
      await call('GET', '/health'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 404, 200]);
    for (const answer of answers) {
      const headers = withBookmark(bookmarkOf(answer));
      expect(headers['x-d1-bookmark']).toMatch(/^[0-9a-f-]{59}$/);
      const next = await call('GET', '/api/v1/events', { token: admin, headers });
      expect(next.status).toBe(200);
      expect(bookmarkOf(next) >= headers['x-d1-bookmark']).toBe(true);
    }
  });

  it('is not answered where the database was not asked', async () => {
    expect((await call('GET', '/api/v1/openapi.json')).headers.has('X-D1-Bookmark')).toBe(false);
    expect((await call('GET', '/api/v1/events')).headers.has('X-D1-Bookmark')).toBe(false);
  });

  it('may be sent and read by the console, from its own origin', async () => {
    const Origin = 'https://console.example';
    const asked = await call('OPTIONS', '/api/v1/events', {
      headers: { Origin, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-d1-bookmark' },
    });
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('x-d1-bookmark');
    const answer = await call('GET', '/api/v1/events', { token: admin, headers: { Origin } });
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('X-D1-Bookmark');
  });

  it.each(['', 'zebra', 'first-primary', 'first-unconstrained', EARLIER.slice(1), `${EARLIER}0`, 'x'.repeat(5_000)])(
    'is refused when it is none of ours: %s',
    async (bookmark) => {
      for (const [method, body] of [['GET'], ['POST', SCAN]] as const) {
        const response = await call(method, '/api/v1/events', { token: admin, body, headers: withBookmark(bookmark) });
        const problem = await expectStatus(response, 400);
        expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['header/x-d1-bookmark']);
        if (bookmark) expect(JSON.stringify(problem)).not.toContain(bookmark);
      }
    },
  );
});

describe('while a replica lags behind', () => {
  it('a client that sends the bookmark back reads what it wrote, and another may not yet', async () => {
    const { db: DB, catchUp } = laggingDb(env.DB);
    const bindings = { DB, ALERT_QUEUE: silentQueue };
    await catchUp();
    const written = await callWith('POST', '/api/v1/events', { token: admin, body: SCAN, bindings });
    const { id } = await expectStatus(written, 201);
    const read = (headers = {}) => callWith('GET', `/api/v1/events/${id}`, { token: admin, headers, bindings });
    expect((await read()).status).toBe(404);
    const found = await read(withBookmark(bookmarkOf(written)));
    expect((await expectStatus(found, 200)).id).toBe(id);
    // What was read once is there in the next read, too.
    expect((await read(withBookmark(bookmarkOf(found)))).status).toBe(200);
    await catchUp();
    expect((await read()).status).toBe(200);
  });

  it('a change of something is made on what is so, not on what the replica shows', async () => {
    const { db: DB, catchUp } = laggingDb(env.DB);
    const bindings = { DB, ALERT_QUEUE: silentQueue };
    await catchUp();
    const made = await callWith('POST', '/api/v1/events', { token: admin, body: SCAN, bindings });
    const { id } = await expectStatus(made, 201);
    const patch = { token: admin, body: { description: 'seen again' }, bindings };
    expect((await expectStatus(await callWith('PATCH', `/api/v1/events/${id}`, patch), 200)).description).toBe(
      'seen again',
    );
  });

  it('somebody who just signed in is known, and somebody who signed out is not', async () => {
    const { db: DB, catchUp } = laggingDb(env.DB);
    await catchUp();
    const bindings = { DB };
    const body = { username: 'admin', password: PASSWORD };
    const { access } = await expectStatus(await callWith('POST', '/api/v1/token', { body, bindings }), 200);
    await expectStatus(await callWith('GET', '/api/v1/events', { token: access, bindings }), 200);
    await catchUp();
    await expectStatus(await callWith('POST', '/api/v1/auth/logout', { token: access, bindings }), 204);
    await expectStatus(await callWith('GET', '/api/v1/events', { token: access, bindings }), 401);
  });
});
