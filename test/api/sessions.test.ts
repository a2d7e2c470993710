import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { PASSWORD, person } from '../support/people.ts';

type Pair = { access: string; refresh: string };
type Session = { id: number; current: boolean; ip: string; user_agent: string };
type Headers = Record<string, string>;

const DAY_MS = 86_400_000;
const OWN = 'https://edge.example';
const ALLOWED = 'https://console.example';

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});
afterEach(() => void vi.useRealTimers());

const send = (username: string, fields: object = {}, headers: Headers = {}) =>
  call('POST', '/api/v1/token', { body: { username, password: PASSWORD, ...fields }, headers });
const signIn = async (username: string, headers: Headers = {}): Promise<Pair> =>
  expectStatus(await send(username, {}, headers), 200);
const me = (token: string) => call('GET', '/api/v1/auth/me', { token });
const renew = (refresh: string) => call('POST', '/api/v1/token/refresh', { body: { refresh } });
const end = (token: string, id: number) => call('DELETE', `/api/v1/auth/sessions/${id}`, { token });
const list = async (token: string): Promise<Session[]> =>
  (await expectStatus(await call('GET', '/api/v1/auth/sessions', { token }), 200)).data;

describe('my sessions', () => {
  it('are listed newest first, with where they were started, and which one is asking', async () => {
    await person({ username: 'lister', role: 'member' });
    await signIn('lister', { 'CF-Connecting-IP': '203.0.113.1', 'User-Agent': 'curl/8.9' });
    const { access } = await signIn('lister', {
      'CF-Connecting-IP': '203.0.113.2',
      'User-Agent': `x${'y'.repeat(500)}`,
    });
    const listed = await list(access);
    expect(listed).toMatchObject([
      { current: true, ip: '203.0.113.2', user_agent: `x${'y'.repeat(199)}` },
      { current: false, ip: '203.0.113.1', user_agent: 'curl/8.9' },
    ]);
    const fields = ['created_at', 'current', 'expires_at', 'id', 'ip', 'refreshed_at', 'user_agent'];
    for (const session of listed) expect(Object.keys(session).sort()).toEqual(fields);
  });

  it('are only mine, and only those that were neither ended nor left alone for thirty days', async () => {
    for (const username of ['tidy', 'untidy']) await person({ username, role: 'member' });
    const start = Date.now();
    vi.setSystemTime(start);
    const [mine, ended] = [await signIn('tidy'), await signIn('tidy')];
    await Promise.all([signIn('tidy'), signIn('untidy')]);
    expect(await list(mine.access)).toHaveLength(3);
    await expectStatus(await call('POST', '/api/v1/auth/logout', { token: ended.access }), 204);
    expect(await list(mine.access)).toHaveLength(2);
    vi.setSystemTime(start + 29 * DAY_MS);
    const { refresh } = await expectStatus(await renew(mine.refresh), 200);
    vi.setSystemTime(start + 31 * DAY_MS);
    const { access } = await expectStatus(await renew(refresh), 200);
    expect(await list(access)).toHaveLength(1);
  });

  it('end one by one: the access token, the refresh token, and once', async () => {
    await person({ username: 'ender', role: 'member' });
    const [other, own] = [await signIn('ender'), await signIn('ender')];
    const [, { id } = { id: 0 }] = await list(own.access);
    await expectStatus(await me(other.access), 200);
    await expectStatus(await end(own.access, id), 204);
    await expectStatus(await me(other.access), 401);
    await expectStatus(await renew(other.refresh), 401);
    await expectStatus(await end(own.access, id), 404);
    await expectStatus(await me(own.access), 200);
    const revoked = (await auditOf('user:ender')).filter(({ action }) => action === 'session.revoke');
    expect(revoked).toMatchObject([{ actor: 'user:ender', before: { revoked_at: null } }]);
  });

  it('cannot be ended by somebody else, who learns nothing of them', async () => {
    for (const username of ['victim', 'meddler']) await person({ username, role: 'member' });
    const [victim, meddler] = [await signIn('victim'), await signIn('meddler')];
    const [{ id } = { id: 0 }] = await list(victim.access);
    const { request_id: _, instance: __, ...theirs } = await expectStatus(await end(meddler.access, id), 404);
    const { request_id: ___, instance: ____, ...nobodys } = await expectStatus(await end(meddler.access, 999_999), 404);
    expect(theirs).toEqual(nobodys);
    await expectStatus(await me(victim.access), 200);
    await expectStatus(await renew(victim.refresh), 200);
  });

  it('end all at once, and leave those of others', async () => {
    for (const username of ['leaver', 'stayer']) await person({ username, role: 'member' });
    const pairs = [await signIn('leaver'), await signIn('leaver'), await signIn('leaver')];
    const stayer = await signIn('stayer');
    for (const { access } of pairs) await expectStatus(await me(access), 200);
    await expectStatus(await call('DELETE', '/api/v1/auth/sessions', { token: pairs[1]?.access }), 204);
    for (const { access, refresh } of pairs) {
      await expectStatus(await me(access), 401);
      await expectStatus(await renew(refresh), 401);
    }
    await expectStatus(await me(stayer.access), 200);
  });

  it('end by signing out, once', async () => {
    await person({ username: 'out', role: 'member' });
    const [one, two] = [await signIn('out'), await signIn('out')];
    const logout = () => call('POST', '/api/v1/auth/logout', { token: one.access });
    await expectStatus(await logout(), 204);
    await expectStatus(await logout(), 401);
    await expectStatus(await renew(one.refresh), 401);
    await expectStatus(await renew(two.refresh), 200);
  });

  it('end after thirty days of not being used', async () => {
    await person({ username: 'absent', role: 'member' });
    const start = Date.now();
    vi.setSystemTime(start);
    const [short, long] = [await signIn('absent'), await signIn('absent')];
    vi.setSystemTime(start + 30 * DAY_MS - 1_000);
    await expectStatus(await renew(short.refresh), 200);
    vi.setSystemTime(start + 30 * DAY_MS);
    await expectStatus(await renew(long.refresh), 401);
  });
});

describe('a session that is used all the time', () => {
  it('ends after ninety days', async () => {
    await person({ username: 'regular', role: 'member' });
    const start = Date.now();
    vi.setSystemTime(start);
    let { refresh } = await signIn('regular');
    for (const day of [29, 58, 87]) {
      vi.setSystemTime(start + day * DAY_MS);
      ({ refresh } = await expectStatus(await renew(refresh), 200));
    }
    vi.setSystemTime(start + 90 * DAY_MS - 1_000);
    ({ refresh } = await expectStatus(await renew(refresh), 200));
    vi.setSystemTime(start + 90 * DAY_MS);
    await expectStatus(await renew(refresh), 401);
  });
});

describe('browser mode', () => {
  /** A sign-in in browser mode: its access token, and the cookie as the browser sends it back. */
  async function browse(username: string) {
    await person({ username, role: 'member' });
    const response = await send(username, { browser: true });
    const set = response.headers.get('Set-Cookie') ?? '';
    return { ...(await expectStatus(response, 200)), set, cookie: set.slice(0, set.indexOf(';')) };
  }

  const refresh = (headers: Headers, body: unknown = {}) => call('POST', '/api/v1/token/refresh', { body, headers });
  const attributes = (set: string) => set.split('; ').slice(1).sort();

  it('keeps the refresh token in a cookie of this host only, out of reach of scripts', async () => {
    const { set, refresh: inBody, access } = await browse('hidden');
    expect(inBody).toBeNull();
    expect(set).toMatch(/^__Host-refresh=[\w-]{22}\.[\w-]{22};/);
    expect(attributes(set)).toEqual(['HttpOnly', `Max-Age=${30 * 86_400}`, 'Path=/', 'SameSite=Strict', 'Secure']);
    await expectStatus(await me(access), 200);
  });

  it('is asked for: without it there is no cookie', async () => {
    await person({ username: 'plain', role: 'member' });
    const first = await send('plain');
    expect(first.headers.get('Set-Cookie')).toBeNull();
    const second = await renew((await expectStatus(first, 200)).refresh);
    expect(second.headers.get('Set-Cookie')).toBeNull();
    expect((await expectStatus(second, 200)).refresh).toMatch(/^[\w-]{22}\.[\w-]{22}$/);
  });

  it.each<[string, Headers]>([
    ['its own origin', { Origin: OWN, 'Sec-Fetch-Site': 'same-origin' }],
    ['its own origin, in a browser that does not send Sec-Fetch-Site', { Origin: OWN }],
    ['an origin of CORS_ORIGINS', { Origin: ALLOWED, 'Sec-Fetch-Site': 'same-site' }],
  ])('renews from %s, by cookie alone', async (name, headers) => {
    const { cookie } = await browse(name.replaceAll(/\W+/g, '-').toLowerCase());
    const response = await refresh({ Cookie: cookie, ...headers });
    const set = response.headers.get('Set-Cookie') ?? '';
    const pair = await expectStatus(response, 200);
    expect(pair.refresh).toBeNull();
    expect(set).toMatch(/^__Host-refresh=[\w-]{22}\.[\w-]{22};/);
    expect(attributes(set)).toEqual(['HttpOnly', `Max-Age=${30 * 86_400}`, 'Path=/', 'SameSite=Strict', 'Secure']);
    await expectStatus(await me(pair.access), 200);
    const next = set.slice(0, set.indexOf(';'));
    expect(next).not.toBe(cookie);
    await expectStatus(await refresh({ Cookie: cookie, ...headers }), 401);
    await expectStatus(await refresh({ Cookie: next, ...headers }), 401);
  });

  it('renews without a body, too', async () => {
    const { cookie } = await browse('bodiless');
    const headers = { Cookie: cookie, Origin: OWN };
    const response = await call('POST', '/api/v1/token/refresh', { headers });
    expect((await expectStatus(response, 200)).refresh).toBeNull();
  });

  it.each<[string, Headers]>([
    ['without Origin', {}],
    ['without Origin, but with a Referer of ours', { Referer: `${OWN}/docs` }],
    ['from a foreign origin', { Origin: 'https://evil.example' }],
    ['from a foreign origin that says it is ours', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }],
    ['from an opaque origin', { Origin: 'null' }],
    ['from our host by http', { Origin: 'http://edge.example' }],
    ['from another port of our host', { Origin: `${OWN}:8443` }],
    ['from a name that begins like ours', { Origin: `${OWN}.evil.example` }],
    ['from a subdomain of an allowed origin', { Origin: 'https://a.console.example' }],
    ['cross-site, whatever Origin says', { Origin: OWN, 'Sec-Fetch-Site': 'cross-site' }],
    ['cross-site from an allowed origin', { Origin: ALLOWED, 'Sec-Fetch-Site': 'cross-site' }],
    ['same-site only, from our origin', { Origin: OWN, 'Sec-Fetch-Site': 'same-site' }],
  ])('is refused %s, and the token stays good', async (name, headers) => {
    const { cookie } = await browse(name.replaceAll(/\W+/g, '-').toLowerCase());
    const response = await refresh({ Cookie: cookie, ...headers });
    expect(response.headers.get('Set-Cookie')).toBeNull();
    await expectStatus(response, 403);
    await expectStatus(await refresh({ Cookie: cookie, Origin: OWN }), 200);
  });

  it('takes no cookie of another name, and prefers nothing to the body', async () => {
    const { cookie } = await browse('naming');
    const [, value = ''] = cookie.split('=');
    await expectStatus(await refresh({ Cookie: `refresh=${value}`, Origin: OWN }), 400);
    const sent = await refresh({ Cookie: cookie, Origin: 'https://evil.example' }, { refresh: value });
    const pair = await expectStatus(sent, 200);
    expect(pair.refresh).toMatch(/^[\w-]{22}\.[\w-]{22}$/);
    expect(sent.headers.get('Set-Cookie')).toBeNull();
  });

  it.each(['POST /auth/logout', 'DELETE /auth/sessions'])('clears the cookie by %s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const { access, cookie } = await browse(`clearing-${method.toLowerCase()}`);
    const response = await call(method, `/api/v1${path}`, { token: access });
    expect(response.status).toBe(204);
    const set = response.headers.get('Set-Cookie') ?? '';
    expect(set).toMatch(/^__Host-refresh=;/);
    expect(attributes(set)).toEqual(expect.arrayContaining(['Max-Age=0', 'Path=/', 'Secure']));
    await expectStatus(await refresh({ Cookie: cookie, Origin: OWN }), 401);
  });

  it('lets a page of an allowed origin send and receive the cookie', async () => {
    const preflight = await call('OPTIONS', '/api/v1/token/refresh', {
      headers: { Origin: ALLOWED, 'Access-Control-Request-Method': 'POST' },
    });
    const { cookie } = await browse('console');
    const renewed = await refresh({ Cookie: cookie, Origin: ALLOWED, 'Sec-Fetch-Site': 'same-site' });
    for (const { headers } of [preflight, renewed]) {
      expect(headers.get('Access-Control-Allow-Origin')).toBe(ALLOWED);
      expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    }
    const foreign = await call('OPTIONS', '/api/v1/token/refresh', { headers: { Origin: 'https://evil.example' } });
    expect(foreign.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});
