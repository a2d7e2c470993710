import { env } from 'cloudflare:workers';
import { decode, sign } from 'hono/jwt';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsOf } from '../../src/core/settings.ts';
import { call, expectStatus } from '../support/client.ts';
import { accessToken, PASSWORD, person } from '../support/people.ts';

const SECRET = settingsOf(env).jwtSecret;
const now = () => Math.floor(Date.now() / 1000);

const signIn = async () =>
  expectStatus(await call('POST', '/api/v1/token', { body: { username: 'ana', password: PASSWORD } }), 200);

afterEach(() => void vi.useRealTimers());

// The claims of a real session, so that each token below is refused for the one thing that is wrong with it.
let sub: string;
let sid: number;
beforeAll(async () => {
  sub = String((await person({ username: 'ana', role: 'analyst' })).id);
  sid = Number(decode((await signIn()).access).payload.sid);
});

const claims = () => ({ sub, sid, username: 'ana', role: 'analyst' });
const whole = () => ({ ...claims(), iss: 'edgewatch', aud: 'edgewatch-api', iat: now(), exp: now() + 900 });
const me = (authorization?: string) =>
  call('GET', '/api/v1/auth/me', { headers: authorization === undefined ? {} : { Authorization: authorization } });

async function expectRefused(authorization?: string) {
  const response = await me(authorization);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="edgewatch"');
  const problem = await expectStatus(response, 401);
  expect(problem).toMatchObject({ type: '/problems#unauthenticated', status: 401 });
  const token = authorization?.split(' ')[1];
  if (token) expect(JSON.stringify(problem)).not.toContain(token);
}

function encoded(value: object): string {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const FORGED: [string, () => Promise<string> | string][] = [
  ['without a signature', () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(whole())}.`],
  ['with alg none and a signature', () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(whole())}.AAAA`],
  ['signed with HS512', () => sign(whole(), SECRET, 'HS512')],
  ['signed with another secret', () => accessToken(claims(), 'another-secret-that-is-long-enough-too')],
  [
    'signed with an empty key id trick',
    async () => {
      const [, payload, signature] = (await accessToken(claims())).split('.');
      return `${encoded({ alg: 'HS256', typ: 'JWT', kid: '../../dev/null' })}.${payload}.${signature}`;
    },
  ],
  [
    'whose payload was changed',
    async () => {
      const [header, , signature] = (await accessToken(claims())).split('.');
      return `${header}.${encoded({ ...whole(), role: 'admin' })}.${signature}`;
    },
  ],
  ['that never expires', () => accessToken({ ...claims(), exp: undefined })],
  ['that has expired', () => accessToken({ ...claims(), iat: now() - 1_000, exp: now() - 1 })],
  ['from the future', () => accessToken({ ...claims(), iat: now() + 600, exp: now() + 1_500 })],
  ['of another issuer', () => accessToken({ ...claims(), iss: 'somebody' })],
  ['of no issuer', () => accessToken({ ...claims(), iss: undefined })],
  ['for another audience', () => accessToken({ ...claims(), aud: 'another-api' })],
  ['for no audience', () => accessToken({ ...claims(), aud: undefined })],
  ['of nobody', () => accessToken({ ...claims(), sub: undefined })],
  ['of a subject that is no id', () => accessToken({ ...claims(), sub: 'ana' })],
  ['of somebody who was never there', () => accessToken({ ...claims(), sub: '999999' })],
  ['with a role that is none', () => accessToken({ ...claims(), role: 'system' })],
  ['without a role', () => accessToken({ ...claims(), role: undefined })],
  ['that is a refresh token', async () => (await signIn()).refresh],
  ['that is a sensor key nobody has', () => `ews_${'A'.repeat(43)}`],
  ['that is no token', () => 'garbage'],
];

describe('an access token is refused', () => {
  it.each(FORGED)('%s', async (_, token) => {
    await expectRefused(`Bearer ${await token()}`);
  });
});

describe('an Authorization header is refused', () => {
  it('when there is none', () => expectRefused());

  it.each(['Bearer', 'Bearer ', 'Basic YW5hOmFuYQ==', 'Token xyz', 'Bearer one two', ' '])('that says "%s"', (header) =>
    expectRefused(header),
  );

  it('with a good token but another scheme', async () => {
    await expectRefused(`Basic ${await accessToken(claims())}`);
    await expectRefused(await accessToken(claims()));
  });
});

describe('a good access token', () => {
  it('is accepted, in any spelling of the scheme', async () => {
    const token = await accessToken(claims());
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await expectStatus(await me(`${scheme} ${token}`), 200)).toMatchObject({
        username: 'ana',
        disabled: false,
      });
    }
  });

  it('is refused as soon as it has expired, however often it was good', async () => {
    const token = await accessToken({ ...claims(), exp: now() + 60 });
    for (let n = 0; n < 2; n += 1) await expectStatus(await me(`Bearer ${token}`), 200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await expectRefused(`Bearer ${token}`);
  });

  it('lends nothing to a token that differs in one character', async () => {
    const token = await accessToken(claims());
    await expectStatus(await me(`Bearer ${token}`), 200);
    const [header, payload, signature = ''] = token.split('.');
    const others = [`${signature.slice(1)}A`, signature.slice(0, -2), `${signature}A`, signature.toUpperCase(), ''];
    for (const other of others) await expectRefused(`Bearer ${header}.${payload}.${other}`);
    await expectRefused(`Bearer ${header}.${encoded({ ...whole(), role: 'admin' })}.${signature}`);
    await expectStatus(await me(`Bearer ${token}`), 200);
  });

  it('is not looked for in the query', async () => {
    await expectStatus(await call('GET', `/api/v1/auth/me?access_token=${await accessToken(claims())}`), 401);
  });

  it('never shows the password of the person, not even hashed', async () => {
    const self = await expectStatus(await me(`Bearer ${await accessToken(claims())}`), 200);
    const hash = await env.DB.prepare('SELECT password_hash FROM users').first<string>('password_hash');
    expect(JSON.stringify(self)).not.toContain(hash);
    expect(Object.keys(self).filter((name) => /password|hash|secret/.test(name))).toEqual([]);
  });
});
