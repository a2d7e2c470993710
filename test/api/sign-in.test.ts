import { env } from 'cloudflare:workers';
import { decode } from 'hono/jwt';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { PASSWORD, person } from '../support/people.ts';

let userId: number;
beforeAll(async () => {
  userId = (await person({ username: 'ana', role: 'analyst' })).id;
  await person({ username: 'gone', role: 'member' });
  await env.DB.prepare("UPDATE users SET disabled = 1 WHERE username = 'gone'").run();
});

const signIn = (username: string, password: string, path = '/api/v1/token') =>
  call('POST', path, { body: { username, password } });
const refresh = (token: string) => call('POST', '/api/v1/token/refresh', { body: { refresh: token } });
const signedIn = async () => expectStatus(await signIn('ana', PASSWORD), 200);
const me = (token: string) => call('GET', '/api/v1/auth/me', { token });

/** The problem of a refused sign-in, without what differs from request to request. */
async function refusal(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const { request_id: _, ...problem } = await expectStatus(response, 401);
  return problem;
}

describe('signing in', () => {
  it.each(['/api/token/', '/api/v1/token', '/auth/login', '/api/auth/login/'])(
    'answers a pair of tokens: %s',
    async (path) => {
      const full = path.startsWith('/api') ? path : `/api/v1${path}`;
      const pair = await expectStatus(await signIn('ana', PASSWORD, full), 200);
      expect(pair).toEqual({
        access: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        refresh: expect.stringMatching(/^[\w-]{22}\.[\w-]{22}$/),
        token_type: 'Bearer',
        expires_in: 900,
      });
      expect(await expectStatus(await me(pair.access), 200)).toMatchObject({
        id: userId,
        username: 'ana',
        role: 'analyst',
      });
    },
  );

  it('says in the access token who it is for, by whom, and for fifteen minutes', async () => {
    const { header, payload } = decode((await signedIn()).access);
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    const claims = { iss: 'edgewatch', aud: 'edgewatch-api', sub: String(userId), username: 'ana', role: 'analyst' };
    expect(payload).toEqual({ ...claims, sid: expect.any(Number), iat: expect.any(Number), exp: expect.any(Number) });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(900);
    expect(Math.abs(Number(payload.iat) - Date.now() / 1000)).toBeLessThan(10);
  });

  it('knows the username in any case, and notes when it happened', async () => {
    const { access } = await expectStatus(await signIn(' ANA ', PASSWORD), 200);
    const { last_login_at } = await expectStatus(await me(access), 200);
    expect(Math.abs(Date.parse(last_login_at) - Date.now())).toBeLessThan(10_000);
  });

  it('is refused in the same words for a wrong password, an unknown name and a disabled account', async () => {
    const wrong = await refusal(await signIn('ana', `${PASSWORD}!`));
    expect(await refusal(await signIn('nobody', PASSWORD))).toEqual(wrong);
    expect(await refusal(await signIn('gone', PASSWORD))).toEqual(wrong);
  });

  it.each([
    [{ username: 'ana' }, '#/password'],
    [{ username: 'ana', password: '' }, '#/password'],
    [{ username: 'ana', password: 'x'.repeat(1_025) }, '#/password'],
    [{ username: 'a b', password: PASSWORD }, '#/username'],
    [{ username: ['ana'], password: PASSWORD }, '#/username'],
    [{ username: 'ana', password: PASSWORD, role: 'admin' }, '#/role'],
  ])('needs a name and a password and nothing else: %j', async (body, pointer) => {
    const { errors } = await expectStatus(await call('POST', '/api/v1/token', { body }), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('refreshing', () => {
  it('answers a new pair that works, again and again', async () => {
    let pair = await signedIn();
    const { sid } = decode(pair.access).payload;
    for (let round = 0; round < 3; round++) {
      const next = await expectStatus(await refresh(pair.refresh), 200);
      expect(next.refresh).not.toBe(pair.refresh);
      expect(decode(next.access).payload.sid).toBe(sid);
      await expectStatus(await me(next.access), 200);
      pair = next;
    }
  });

  it('with a token that was used before ends the whole session', async () => {
    const first = await signedIn();
    const second = await expectStatus(await refresh(first.refresh), 200);
    const other = await signedIn();
    await refusal(await refresh(first.refresh));
    await refusal(await refresh(second.refresh));
    await expectStatus(await refresh(other.refresh), 200);
    const { results } = await env.DB.prepare(
      "SELECT target FROM audit_rows WHERE action = 'session.revoke_reused'",
    ).all();
    expect(results).toEqual([{ target: 'user:ana' }]);
  });

  it('does not carry a session beyond ninety days from its start', async () => {
    const pair = await signedIn();
    const { sid } = decode(pair.access).payload;
    const day = 24 * 3_600_000;
    const start = Date.now() - 80 * day;
    await env.DB.prepare('UPDATE sessions SET created_at = ? WHERE id = ?').bind(start, sid).run();
    await expectStatus(await refresh(pair.refresh), 200);
    const end = await env.DB.prepare('SELECT expires_at FROM sessions WHERE id = ?').bind(sid).first('expires_at');
    expect(end).toBe(start + 90 * day);
  });

  it('twice at once with one token succeeds once', async () => {
    for (let round = 0; round < 5; round++) {
      const pair = await signedIn();
      const statuses = (await Promise.all([refresh(pair.refresh), refresh(pair.refresh)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 401]);
    }
  });

  it('is refused in the same words for garbage, another secret, an expired session and a disabled account', async () => {
    const garbage = await refusal(await refresh('garbage'));
    expect(await refusal(await refresh('a.b'))).toEqual(garbage);
    expect(await refusal(await refresh('a.b.c'))).toEqual(garbage);
    const pair = await signedIn();
    expect(await refusal(await refresh(pair.access.slice(0, 200)))).toEqual(garbage);
    await env.DB.prepare('UPDATE sessions SET expires_at = ?')
      .bind(Date.now() - 1)
      .run();
    expect(await refusal(await refresh(pair.refresh))).toEqual(garbage);

    const leaving = await signedIn();
    await env.DB.prepare("UPDATE users SET disabled = 1 WHERE username = 'ana'").run();
    expect(await refusal(await refresh(leaving.refresh))).toEqual(garbage);
    await env.DB.prepare("UPDATE users SET disabled = 0 WHERE username = 'ana'").run();
  });

  it('keeps a session alive for thirty days from its last use', async () => {
    const { access, refresh: token } = await signedIn();
    const { sid } = decode(access).payload;
    const soon = Date.now() + 60_000;
    await env.DB.prepare('UPDATE sessions SET expires_at = ? WHERE id = ?').bind(soon, sid).run();
    await expectStatus(await refresh(token), 200);
    const expiry = await env.DB.prepare('SELECT expires_at FROM sessions WHERE id = ?')
      .bind(sid)
      .first<number>('expires_at');
    expect(Math.abs((expiry ?? 0) - Date.now() - 30 * 86_400_000)).toBeLessThan(10_000);
  });
});

describe('what is stored', () => {
  it('holds neither tokens nor passwords, and the audit log not even their hashes', async () => {
    const pair = await signedIn();
    const next = await expectStatus(await refresh(pair.refresh), 200);
    await refresh(pair.refresh);
    const dump = async (table: string) =>
      JSON.stringify((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results);
    const everything = (await Promise.all(['users', 'sessions', 'audit_rows'].map(dump))).join();
    const secrets = [PASSWORD, pair.access, next.access, ...pair.refresh.split('.'), ...next.refresh.split('.')];
    for (const secret of secrets) expect(everything).not.toContain(secret);

    const audit = await dump('audit_rows');
    expect(audit).toContain('session.refresh');
    const { results } = await env.DB.prepare(
      'SELECT family_hash, secret_hash, password_hash FROM sessions, users',
    ).all();
    for (const hash of results.flatMap((row) => Object.values(row))) expect(audit).not.toContain(hash);
  });
});
