import { env } from 'cloudflare:workers';
import { sign } from 'hono/jwt';
import { TOTP } from 'otpauth';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserRole } from '../../src/core/actor.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { call, expectStatus, type Options } from '../support/client.ts';
import { resolved, type Schema } from '../support/conforms.ts';
import { raised } from '../support/events.ts';
import { accessToken, PASSWORD, person, sessionOf } from '../support/people.ts';
import { addedSensor } from '../support/sensors.ts';
import { signIn, tally } from '../support/sign-in.ts';

const SENT = 'pa55-word-of-somebody-7431';

let admin: Awaited<ReturnType<typeof someone>>;
beforeAll(async () => {
  admin = await someone('admin', 'admin');
});
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});

async function someone(username: string, role: UserRole = 'member') {
  const { id } = await person({ username, role });
  const claims = { sub: String(id), username, role, sid: await sessionOf(id) };
  return { id, claims, token: await accessToken(claims) };
}

const api = (method: string, path: string, options: Options = {}) => call(method, `/api/v1${path}`, options);
const me = (token: string) => api('GET', '/auth/me', { token });
const renew = (refresh: string) => api('POST', '/token/refresh', { body: { refresh } });

const pairOf = async (username: string): Promise<{ access: string; refresh: string }> =>
  expectStatus(await signIn({ username }), 200);

describe('a forged token of an admin changes nothing', () => {
  const SECRET = settingsOf(env).jwtSecret;
  const now = Math.floor(Date.now() / 1000);
  const whole = () => ({ ...admin.claims, iss: 'edgewatch', aud: 'edgewatch-api', iat: now, exp: now + 900 });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, () => Promise<string> | string]>([
    ['alg none', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(whole())}.`],
    ['alg NONE and the signature of another token', () => `${encode({ alg: 'NONE' })}.${encode(whole())}.AAAA`],
    ['HS384', () => sign(whole(), SECRET, 'HS384')],
    ['HS512', () => sign(whole(), SECRET, 'HS512')],
    ['another secret', () => accessToken(admin.claims, 'another-secret-another-secret-another')],
    ['an empty secret', () => accessToken(admin.claims, ' ')],
    ['no exp', () => accessToken({ ...admin.claims, exp: undefined })],
    ['an exp that is text', () => accessToken({ ...admin.claims, exp: String(now + 900) })],
    ['a wrong aud', () => accessToken({ ...admin.claims, aud: 'edgewatch' })],
    ['a wrong iss', () => accessToken({ ...admin.claims, iss: 'https://edgewatch.example' })],
    [
      'a session of somebody else',
      async () => accessToken({ ...admin.claims, sid: (await someone('else')).claims.sid }),
    ],
    ['a session that never was', () => accessToken({ ...admin.claims, sid: 0 })],
    ['no session', () => accessToken({ ...admin.claims, sid: undefined })],
  ])('with %s', async (_, forge) => {
    const token = await forge();
    const body = { username: 'intruder', password: SENT, role: 'admin' };
    const problem = await expectStatus(await api('POST', '/users', { token, body }), 401);
    expect(JSON.stringify(problem)).not.toContain(token.split('.')[1]);
    expect(await env.DB.prepare("SELECT id FROM users WHERE username = 'intruder'").first()).toBeNull();
  });

  it('by claiming a higher role in a token of a real session', async () => {
    const { claims } = await someone('climbing');
    const token = await accessToken({ ...claims, role: 'admin', username: 'admin' });
    await expectStatus(await api('GET', '/users', { token }), 403);
    expect(await expectStatus(await me(token), 200)).toMatchObject({ username: 'climbing', role: 'member' });
  });
});

describe('a token that was good once', () => {
  it('of a disabled person is refused', async () => {
    const { id, token } = await someone('suspended');
    await expectStatus(await me(token), 200);
    await expectStatus(await api('PATCH', `/users/${id}`, { token: admin.token, body: { disabled: true } }), 200);
    await expectStatus(await me(token), 401);
  });

  it('of an ended session is refused', async () => {
    const { token } = await someone('ended');
    await expectStatus(await me(token), 200);
    await expectStatus(await api('DELETE', '/auth/sessions', { token }), 204);
    await expectStatus(await me(token), 401);
  });

  it('from before 2FA was turned on is refused, and so is its refresh token', async () => {
    await person({ username: 'hardened', role: 'member' });
    const [stolen, own] = [await pairOf('hardened'), await pairOf('hardened')];
    const post = (path: string, body: object) => api('POST', path, { token: own.access, body });
    const { secret } = await expectStatus(await post('/auth/totp', { password: PASSWORD }), 200);
    const otp = new TOTP({ secret }).generate();
    await expectStatus(await post('/auth/totp/confirm', { otp }), 200);
    await expectStatus(await me(stolen.access), 401);
    await expectStatus(await renew(stolen.refresh), 401);
    await expectStatus(await me(own.access), 200);
    await expectStatus(await renew(own.refresh), 200);
  });

  it('for refreshing, sent again, kills the family: newer tokens and access tokens, too', async () => {
    await person({ username: 'copied', role: 'member' });
    const [first, other] = [await pairOf('copied'), await pairOf('copied')];
    const second = await expectStatus(await renew(first.refresh), 200);
    const third = await expectStatus(await renew(second.refresh), 200);
    await expectStatus(await renew(first.refresh), 401);
    await expectStatus(await renew(third.refresh), 401);
    for (const { access } of [first, second, third]) await expectStatus(await me(access), 401);
    await expectStatus(await me(other.access), 200);
  });

  it('for refreshing is none for access', async () => {
    await person({ username: 'mixing', role: 'member' });
    const { access, refresh } = await pairOf('mixing');
    await expectStatus(await me(refresh), 401);
    for (const part of access.split('.')) await expectStatus(await renew(part.slice(0, 200)), 401);
  });
});

describe('who guesses cannot choose the bucket', () => {
  const FORGED = ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded', 'CF-Connecting-IPv6', 'X-Client-IP'];
  const guess = (username: string, headers: Record<string, string>) =>
    api('POST', '/token', { body: { username, password: SENT }, headers });

  it.each(FORGED)('by %s', async (name) => {
    const username = `hidden-${name.toLowerCase()}`;
    await person({ username, role: 'member' });
    const answers = Array.from({ length: 20 }, (_, n) =>
      guess(username, { 'CF-Connecting-IP': '203.0.113.40', [name]: `192.0.2.${n}` }),
    );
    expect(tally(await Promise.all(answers))).toEqual({ 401: 5, 429: 15 });
  });

  it('but is known by CF-Connecting-IP', async () => {
    await person({ username: 'spread', role: 'member' });
    const answers = Array.from({ length: 20 }, (_, n) => guess('spread', { 'CF-Connecting-IP': `192.0.2.${n}` }));
    expect(tally(await Promise.all(answers))).toEqual({ 401: 20 });
  });
});

type Operation = { requestBody?: { content: Record<string, { schema: Schema }> }; 'x-permission': string };
type Route = { method: string; path: string; example: Record<string, unknown> };

/** The operations with a JSON body, and its documented example. */
async function routesWithBody(): Promise<Route[]> {
  const { paths, components } = await expectStatus(await call('GET', '/openapi.json'), 200);
  return Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      const example = schema && resolved(schema, components.schemas).example;
      const isObject = typeof example === 'object' && example !== null && !Array.isArray(example);
      return isObject ? [{ method: method.toUpperCase(), path, example: example as Record<string, unknown> }] : [];
    }),
  );
}

describe('mass assignment', () => {
  it.each(['is_admin', 'id', 'created_at', 'password_hash'])('of %s is refused by every route', async (field) => {
    const { id: sensor } = await addedSensor(admin.token);
    const { id: alert, event } = await raised(admin.token);
    const ids: Record<string, number> = { sensors: sensor, alerts: alert, events: event.id, users: admin.id };
    const dump = async () =>
      JSON.stringify(
        await Promise.all(
          ['users', 'sensors', 'events', 'alerts', 'incidents', 'notes'].map((t) =>
            env.DB.prepare(`SELECT * FROM ${t}`).all(),
          ),
        ),
        (key, value) => (key === 'meta' ? undefined : value),
      );
    const before = await dump();
    const routes = await routesWithBody();
    const seen: string[] = [];
    for (const { method, path, example } of routes) {
      const url = path.replace('{id}', String(ids[path.split('/')[1] ?? ''] ?? 1));
      const response = await api(method, url, { token: admin.token, body: { ...example, [field]: true } });
      const { status, errors } = (await response.json()) as { status: number; errors?: { pointer: string }[] };
      const named = errors?.map(({ pointer }) => pointer).includes(`#/${field}`);
      expect({ route: `${method} ${path}`, status, named }).toEqual({
        route: `${method} ${path}`,
        status: 400,
        named: true,
      });
      if (method === 'PATCH' || method === 'PUT') seen.push(path);
    }
    expect(new Set(seen)).toEqual(
      new Set([
        '/auth/me',
        '/users/{id}',
        '/events/{id}',
        '/alerts/{id}',
        '/incidents/{id}',
        '/notes/{id}',
        '/sensors/{id}',
        '/grouping-rules/{id}',
        '/silences/{id}',
        '/maintenance-windows/{id}',
        '/escalation-policies/{id}',
        '/channels/{id}',
        '/views/{id}',
      ]),
    );
    expect(await dump()).toBe(before);
  });
});

describe('a sensor key', () => {
  it('reads nothing: 403 on every other operation, and 401 once it is revoked', async () => {
    const { id, key } = await addedSensor(admin.token);
    const { paths } = await expectStatus(await call('GET', '/openapi.json'), 200);
    const reads = Object.entries<Record<string, Operation>>(paths).filter(
      ([, { get }]) => get && get['x-permission'] !== 'public',
    );
    expect(reads.length).toBeGreaterThan(10);
    for (const [path] of reads) {
      const { status } = await api('GET', path.replace('{id}', '1'), { token: key });
      expect({ path, status }).toEqual({ path, status: 403 });
    }
    await expectStatus(await api('DELETE', `/sensors/${id}`, { token: admin.token }), 204);
    for (const [path] of reads) {
      const { status } = await api('GET', path.replace('{id}', '1'), { token: key });
      expect({ path, status }).toEqual({ path, status: 401 });
    }
  });
});
