import { env } from 'cloudflare:workers';
import { Buffer } from 'node:buffer';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserRole } from '../../src/core/actor.ts';
import { expectStatus, type Options } from '../support/client.ts';
import { auditOf, SCAN } from '../support/events.ts';
import { goodClaims, keySetServer, newKey, OIDC, tokenOf } from '../support/key-set.ts';
import { PASSWORD, person, signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

let key: Awaited<ReturnType<typeof newKey>>;
let issuer: ReturnType<typeof keySetServer>;
let admin: string;
beforeAll(async () => {
  issuer = keySetServer();
  key = await newKey('first');
  issuer.serve(key);
  admin = await signedIn('admin');
});
afterEach(() => void vi.useRealTimers());
afterAll(() => vi.restoreAllMocks());

// Each jump goes beyond the one before: keys are kept for ten minutes, and asked for again after half a minute.
let jumped = 0;
const jump = (minutes: number) => {
  jumped += minutes * 60_000;
  vi.setSystemTime(vi.getRealSystemTime() + jumped);
};

const ask = (method: string, path: string, options: Options = {}, bindings: Partial<Env> = OIDC) =>
  callWith(method, `/api/v1${path}`, { ...options, bindings });
const me = (token: string) => ask('GET', '/auth/me', { token });
const byAdmin = (method: string, path: string, body?: object) => ask(method, path, { token: admin, body });
const storedUser = (username: string) =>
  env.DB.prepare('SELECT id, role FROM users WHERE username = ?')
    .bind(username)
    .first<{ id: number; role: UserRole }>();

describe('a token of the issuer', () => {
  it('signs in, makes the account once of ten at once, and says so in the audit log', async () => {
    const token = await tokenOf(key, { email: 'New@Example.com' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => me(token)));
    for (const answer of answers) {
      expect(await expectStatus(answer, 200)).toMatchObject({ username: 'new@example.com', role: 'analyst' });
    }
    expect(await auditOf('user:new@example.com')).toMatchObject([
      { actor: 'user:new@example.com', action: 'user.provision', after: { role: 'analyst' } },
    ]);
  });

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('may be signed with %s', async (alg) => {
    const other = await newKey(alg, alg);
    issuer.serve(key, other);
    jump(1);
    await expectStatus(await me(await tokenOf(other)), 200);
    issuer.serve(key);
  });

  it.each(['JWT', 'at+jwt'])('may say that it is a %s', async (typ) => {
    const token = new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256', kid: 'first', typ });
    await expectStatus(await me(await token.sign(key.privateKey)), 200);
  });

  it('needs no name of its key while the issuer has but one', async () => {
    const nameless = () => new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256' }).sign(key.privateKey);
    jump(20);
    await expectStatus(await me(await nameless()), 200);
    issuer.serve(key, await newKey('other'));
    jump(20);
    await expectStatus(await me(await nameless()), 401);
    issuer.serve(key);
    jump(1);
    await expectStatus(await me(await nameless()), 200);
  });

  it.each<[string, unknown, UserRole]>([
    ['one group', 'soc', 'analyst'],
    ['several, the highest of which counts', ['staff', 'soc', 'root'], 'admin'],
    ['a name with colons', ['urn:groups:staff'], 'member'],
  ])('has the role that its groups map to: %s', async (_, groups, role) => {
    const token = await tokenOf(key, { email: `${role}@example.com`, groups });
    expect((await expectStatus(await me(token), 200)).role).toBe(role);
  });

  it('is taken from the header of Cloudflare Access, too, behind Authorization', async () => {
    const headers = { 'Cf-Access-Jwt-Assertion': await tokenOf(key) };
    expect(await expectStatus(await ask('GET', '/auth/me', { headers }), 200)).toMatchObject({ role: 'analyst' });
    const both = await expectStatus(await ask('GET', '/auth/me', { headers, token: admin }), 200);
    expect(both.username).toBe('admin');
    await expectStatus(await ask('GET', '/auth/me', { headers, token: 'garbage' }), 401);
    const forged = { 'Cf-Access-Jwt-Assertion': admin };
    await expectStatus(await ask('GET', '/auth/me', { headers: forged }), 401);
  });

  it('counts in that header only where the page that sent it is ours, since browsers are given it for any', async () => {
    const of = async (origin: Record<string, string>) => ({ 'Cf-Access-Jwt-Assertion': await tokenOf(key), ...origin });
    const post = async (origin: Record<string, string>) =>
      ask('POST', '/events', { headers: await of(origin), body: SCAN });
    await expectStatus(await post({ Origin: 'https://evil.example' }), 401);
    await expectStatus(await post({ Origin: 'null' }), 401);
    await expectStatus(await post({ Origin: 'https://edge.example', 'Sec-Fetch-Site': 'cross-site' }), 401);
    await expectStatus(await post({ Origin: 'https://edge.example', 'Sec-Fetch-Site': 'same-origin' }), 201);
    await expectStatus(await post({ Origin: 'https://console.example' }), 201);
  });

  it('is nothing while no issuer is configured', async () => {
    const before = issuer.fetches();
    await expectStatus(await ask('GET', '/auth/me', { token: await tokenOf(key) }, {}), 401);
    expect(issuer.fetches()).toBe(before);
  });
});

describe('a token is refused', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const spki = async () => exportSPKI((await importJWK(key.jwk, 'ES256')) as never);
  const symmetric = (secret: string) =>
    new SignJWT({ ...goodClaims(), groups: ['root'] })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode(secret));

  /** Signed by the key of the issuer, whatever the header says. */
  const signed = async (header: object) => {
    const text = `${encode(header)}.${encode(goodClaims())}`;
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, key.privateKey, new TextEncoder().encode(text));
    return `${text}.${Buffer.from(signature).toString('base64url')}`;
  };

  it('signed with RSA of 1,024 bits, which can be broken', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1_024 };
    const generated = await crypto.subtle.generateKey(
      { ...algorithm, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    );
    const { privateKey, publicKey } = generated as CryptoKeyPair;
    const jwk = (await crypto.subtle.exportKey('jwk', publicKey)) as JsonWebKey & { kty: string };
    issuer.serve(key, { ...key, jwk: { ...jwk, kid: 'weak', alg: 'RS256' } });
    jump(20);
    const text = `${encode({ alg: 'RS256', kid: 'weak' })}.${encode(goodClaims())}`;
    const signature = await crypto.subtle.sign(algorithm.name, privateKey, new TextEncoder().encode(text));
    await expectStatus(await me(`${text}.${Buffer.from(signature).toString('base64url')}`), 401);
    issuer.serve(key);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another issuer', () => tokenOf(key, { iss: 'https://issuer.example/' })],
    ['for another audience', () => tokenOf(key, { aud: 'edgewatch-api' })],
    ['for no audience', () => tokenOf(key, { aud: undefined })],
    ['that has expired', () => tokenOf(key, { exp: 1 })],
    ['that never expires', () => tokenOf(key, { exp: undefined })],
    ['that is not valid yet', () => tokenOf(key, { nbf: 9e9 })],
    ['with groups that map to nothing', () => tokenOf(key, { groups: ['visitors', 'so', 'SOC', 'analyst', ''] })],
    ['with groups that are no text', () => tokenOf(key, { groups: [{ soc: true }, null, 7] })],
    ['without groups', () => tokenOf(key, { groups: undefined })],
    ['without a name', () => tokenOf(key, { email: undefined })],
    ['with a name that is none', () => tokenOf(key, { email: 'a b' })],
    ['with a list for a name', () => tokenOf(key, { email: ['sso@example.com'] })],
    ['whose name was never verified', () => tokenOf(key, { email_verified: false })],
    ['with a name of the system', () => tokenOf(key, { email: 'admin', groups: ['root'] })],
    ['signed by a key of the same name', async () => tokenOf(await newKey('first'))],
    ['signed by a key that the set does not hold', async () => tokenOf(await newKey('stranger'))],
    ['signed with the text of the public key', async () => symmetric(await spki())],
    ['signed with the public key as it is served', () => symmetric(JSON.stringify(key.jwk))],
    ['that is for a logout', () => signed({ alg: 'ES256', kid: 'first', typ: 'logout+jwt' })],
    ['with a header that must be understood', () => signed({ alg: 'ES256', kid: 'first', crit: ['exp'], exp: 9e9 })],
    ['with a header that is none', () => `${encode(['ES256'])}.${encode(goodClaims())}.AAAA`],
    ['with an iat that is no time', () => tokenOf(key, { iat: 'now' as never })],
    ['with alg none', () => `${encode({ alg: 'none' })}.${encode(goodClaims())}.`],
    ['with alg none and a key', () => `${encode({ alg: 'none', kid: 'first' })}.${encode(goodClaims())}.AAAA`],
    [
      'with a key of its own in the header',
      async () => {
        const own = await newKey('own');
        const header = { alg: 'ES256', jwk: own.jwk, jku: 'https://evil.example/jwks' };
        return new SignJWT(goodClaims()).setProtectedHeader(header).sign(own.privateKey);
      },
    ],
    [
      'that was changed',
      async () => {
        const [header, , signature] = (await tokenOf(key)).split('.');
        return `${header}.${encode({ ...goodClaims(), groups: ['root'] })}.${signature}`;
      },
    ],
  ])('%s', async (_, make) => {
    const problem = await expectStatus(await me(await make()), 401);
    expect(problem.type).toBe('/problems#unauthenticated');
  });
});

describe('an account of the issuer', () => {
  it('follows the groups of a later token at once', async () => {
    const of = (groups: string[]) => tokenOf(key, { email: 'moving@example.com', groups });
    await expectStatus(await ask('GET', '/users', { token: await of(['root']) }), 200);
    const lower = await of(['soc']);
    await expectStatus(await ask('GET', '/users', { token: lower }), 403);
    expect(await storedUser('moving@example.com')).toMatchObject({ role: 'analyst' });
    const changes = (await auditOf('user:moving@example.com')).filter(({ before }) => before);
    expect(changes).toMatchObject([{ before: { role: 'admin' }, after: { role: 'analyst' } }]);
  });

  it('does not rise again by an older token', async () => {
    const now = Math.floor(Date.now() / 1000);
    const of = (groups: string[], iat: number) => tokenOf(key, { email: 'demoted@example.com', groups, iat });
    const [older, newer] = [await of(['root'], now - 60), await of(['soc'], now)];
    await expectStatus(await ask('GET', '/users', { token: older }), 200);
    await expectStatus(await ask('GET', '/users', { token: newer }), 403);
    await expectStatus(await ask('GET', '/users', { token: older }), 403);
    expect(await storedUser('demoted@example.com')).toMatchObject({ role: 'analyst' });
  });

  it('is out from the next request on when it is disabled here', async () => {
    const token = await tokenOf(key, { email: 'fired@example.com' });
    const { id } = await expectStatus(await me(token), 200);
    await expectStatus(await byAdmin('PATCH', `/users/${id}`, { disabled: true }), 200);
    await expectStatus(await me(token), 401);
    await expectStatus(await me(await tokenOf(key, { email: 'fired@example.com', groups: ['root'] })), 401);
  });

  it('has no password: none signs in, and none is its current one', async () => {
    const token = await tokenOf(key, { email: 'remote@example.com' });
    await expectStatus(await me(token), 200);
    for (const password of ['external', PASSWORD]) {
      const body = { username: 'remote@example.com', password };
      await expectStatus(await ask('POST', '/token', { body }), 401);
      const change = { current_password: password, new_password: 'a passphrase of my own' };
      await expectStatus(await ask('POST', '/auth/password', { token, body: change }), 400);
    }
  });

  it('is given none by a reset, and signs out where it signed in', async () => {
    const token = await tokenOf(key, { email: 'elsewhere@example.com' });
    const { id } = await expectStatus(await me(token), 200);
    await expectStatus(await byAdmin('POST', `/users/${id}/reset`), 409);
    await expectStatus(await ask('POST', '/auth/logout', { token }), 409);
    expect((await expectStatus(await ask('GET', '/auth/sessions', { token }), 200)).data).toEqual([]);
    await expectStatus(await me(token), 200);
  });

  it('is never a local account of the same name, which stays as it is', async () => {
    await person({ username: 'local@example.com', role: 'member' });
    await expectStatus(await me(await tokenOf(key, { email: 'local@example.com', groups: ['root'] })), 401);
    await expectStatus(await me(await tokenOf(key, { email: ' LOCAL@example.com' })), 401);
    expect(await storedUser('local@example.com')).toMatchObject({ role: 'member' });
    const body = { username: 'local@example.com', password: PASSWORD };
    await expectStatus(await ask('POST', '/token', { body }), 200);
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for a hundred requests, and again after a rotation', async () => {
    jump(60);
    await expectStatus(await me(await tokenOf(key)), 200);
    const before = issuer.fetches();
    const answers = await Promise.all(Array.from({ length: 100 }, async () => me(await tokenOf(key))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(issuer.fetches()).toBe(before);
    const rotated = await newKey('second');
    issuer.serve(rotated);
    jump(1);
    await expectStatus(await me(await tokenOf(rotated)), 200);
    await expectStatus(await me(await tokenOf(key)), 401);
    expect(issuer.fetches()).toBe(before + 1);
    key = rotated;
  });

  it('are not asked for again by each of a hundred tokens of an unknown key', async () => {
    jump(60);
    await expectStatus(await me(await tokenOf(key)), 200);
    const before = issuer.fetches();
    const stranger = await newKey('stranger');
    const answers = await Promise.all(Array.from({ length: 100 }, async () => me(await tokenOf(stranger))));
    expect(answers.every(({ status }) => status === 401)).toBe(true);
    expect(issuer.fetches() - before).toBeLessThanOrEqual(1);
  });

  it('go on working while the issuer is down', async () => {
    jump(60);
    await expectStatus(await me(await tokenOf(key)), 200);
    issuer.fail(() => new Response('down', { status: 500 }));
    jump(5);
    await expectStatus(await me(await tokenOf(key)), 200);
  });

  it.each<[string, () => Response]>([
    ['answers 500', () => new Response('down', { status: 500 })],
    ['answers a page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
    [
      'cannot be reached',
      () => {
        throw new TypeError('Network connection lost.');
      },
    ],
  ])('when there are none and the issuer %s: try again, and a password still signs in', async (_, how) => {
    for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValueOnce();
    jump(60);
    issuer.fail(how);
    const token = await tokenOf(key);
    const refused = await me(token);
    const retryAfter = Number(refused.headers.get('Retry-After'));
    await expectStatus(refused, 503);
    expect(retryAfter).toBeGreaterThan(0);
    const headers = { 'Cf-Access-Jwt-Assertion': token };
    const body = { username: 'admin', password: PASSWORD };
    await expectStatus(await ask('POST', '/token', { headers, body }), 200);
    await expectStatus(await ask('GET', '/health', { headers }), 200);
    issuer.serve(key);
  });
});
