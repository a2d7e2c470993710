import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { call, expectStatus, type Options } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { account, protectedAccount } from '../support/second-factor.ts';
import { addedSensor } from '../support/sensors.ts';
import { signIn } from '../support/sign-in.ts';

const SENT = 'pa55-word-of-somebody-7431';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});

const api = (method: string, path: string, options: Options = {}) => call(method, `/api/v1${path}`, options);
const byAdmin = async (method: string, path: string, body?: object) =>
  (await api(method, path, { token: admin, body })).json<Record<string, string>>();

describe('no answer repeats a password', () => {
  const BODIES: [string, string, unknown][] = [
    ['POST', '/token', { username: 'admin', password: SENT }],
    ['POST', '/token', { username: SENT, password: SENT, [SENT]: 1 }],
    ['POST', '/token', `{"username":"admin","password":"${SENT}"`],
    ['POST', '/token', { username: 'admin', password: [SENT] }],
    ['POST', '/auth/register', { username: 'a', password: SENT }],
    ['POST', '/auth/register', { username: 'a b', password: SENT, invitation: SENT }],
    ['POST', '/auth/reset', { token: SENT, password: SENT }],
    ['POST', '/auth/password', { current_password: SENT, new_password: SENT }],
    ['POST', '/auth/password', { current_password: PASSWORD, new_password: 'leavemealone' }],
    ['POST', '/auth/totp', { password: SENT }],
    ['POST', '/auth/totp/disable', { password: SENT, otp: SENT.repeat(2) }],
    ['POST', '/token/refresh', { refresh: SENT }],
    ['POST', '/users', { username: 'admin', password: SENT, role: SENT }],
    ['POST', '/users', { username: 'admin', password: SENT, role: 'member' }],
  ];

  it.each(BODIES)('%s %s %j', async (method, path, body) => {
    const { token } = await account(crypto.randomUUID());
    const response = await api(method, path, { token: path === '/users' ? admin : token, body });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    const text = (await response.text()) + JSON.stringify([...response.headers]);
    for (const secret of [PASSWORD, 'leavemealone']) expect(text).not.toContain(secret);
    // A field of that name is named as an unknown field; a value is not.
    expect(text.replaceAll(`"pointer":"#/${SENT}"`, '')).not.toContain(SENT);
  });
});

describe('the audit log', () => {
  it('knows who was refused what, and where a sign-in failed', async () => {
    const { token } = await account('curious');
    const headers = { 'CF-Connecting-IP': '203.0.113.77' };
    const refused = await api('GET', '/users', { token, headers });
    const failed = await signIn({ username: 'curious', password: SENT, ip: '203.0.113.78' });
    expect([refused.status, failed.status]).toEqual([403, 401]);
    const { results } = await env.DB.prepare(
      "SELECT actor, action, target, after, ip, request_id FROM audit_rows WHERE ip LIKE '203.0.113.7%'",
    ).all();
    expect(results).toEqual([
      {
        actor: 'user:curious',
        action: 'access.refuse',
        target: 'permission:user.manage',
        after: '{"method":"GET","path":"/api/v1/users"}',
        ip: '203.0.113.77',
        request_id: refused.headers.get('X-Request-Id'),
      },
      {
        actor: 'anonymous',
        action: 'session.refuse',
        target: 'user:curious',
        after: '{}',
        ip: '203.0.113.78',
        request_id: failed.headers.get('X-Request-Id'),
      },
    ]);
  });

  it('knows what a sensor was refused, and of no stranger', async () => {
    const { id, key } = await addedSensor(admin);
    await expectStatus(await api('GET', '/alerts', { token: key }), 403);
    await expectStatus(await api('GET', '/alerts'), 401);
    await expectStatus(await api('GET', '/alerts', { token: `${key.slice(0, -1)}_` }), 401);
    const rows = await auditOf('permission:alert.read');
    expect(rows.map(({ actor }) => actor)).toEqual([`sensor:${id}`]);
  });

  it('knows of a sign-in, a renewal and a sign-out, and who it was', async () => {
    await account('coming');
    const { access, refresh } = await expectStatus(await signIn({ username: 'coming' }), 200);
    await expectStatus(await api('POST', '/token/refresh', { body: { refresh } }), 200);
    await expectStatus(await api('POST', '/auth/logout', { token: access }), 204);
    expect((await auditOf('user:coming')).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'user:coming session.create',
      'user:coming session.refresh',
      'user:coming session.revoke',
    ]);
  });

  it('keeps nothing that proves who somebody is, nor its hash', async () => {
    const { id, post, secret, codes, token } = await protectedAccount('proving');
    const [first = '', second = ''] = codes;
    const wrong = 'a wrong passphrase of proving';
    await signIn({ username: 'proving', password: wrong, otp: codes[2] ?? '' });
    const signed = await expectStatus(await signIn({ username: 'proving', otp: first }), 200);
    const renewed = await expectStatus(await api('POST', '/token/refresh', { body: { refresh: signed.refresh } }), 200);
    await expectStatus(await api('POST', '/token/refresh', { body: { refresh: signed.refresh } }), 401);
    const renewal = await post('/totp/recovery-codes', { password: PASSWORD, otp: second });
    const { recovery_codes } = await expectStatus(renewal, 200);
    const hashes = await stored('SELECT password_hash, totp_secret FROM users');
    const better = 'an even better passphrase';
    await expectStatus(await post('/password', { current_password: PASSWORD, new_password: better }), 204);
    await expectStatus(await post('/totp/disable', { password: better, otp: recovery_codes[0] }), 204);
    const reset = await byAdmin('POST', `/users/${id}/reset`);
    await expectStatus(await api('POST', '/auth/reset', { body: { token: reset.token, password: SENT } }), 204);
    const invitation = await byAdmin('POST', '/invitations', {});
    const newcomer = { username: 'newcomer', password: SENT, invitation: invitation.token };
    await expectStatus(await api('POST', '/auth/register', { body: newcomer }), 201);
    await byAdmin('PATCH', `/users/${id}`, { disabled: true });
    const sensor = await addedSensor(admin);
    const { key } = await byAdmin('POST', `/sensors/${sensor.id}/rotate`);
    await expectStatus(await api('DELETE', `/sensors/${sensor.id}`, { token: admin }), 204);

    const spoken = [PASSWORD, SENT, wrong, better, token, signed.access, renewed.access, secret, sensor.key, key];
    const links = [reset.token, invitation.token];
    const refreshes = [signed, renewed].flatMap(({ refresh }) => refresh.split('.'));
    const written = [...codes, ...recovery_codes].flatMap((code) => [code, code.replaceAll('-', '')]);
    const secrets = [...spoken, ...links, ...refreshes, ...written].map(String);
    const kept = await stored(
      'SELECT password_hash, totp_secret FROM users',
      'SELECT family_hash, secret_hash FROM sessions',
      'SELECT code_hash FROM recovery_codes',
      'SELECT token_hash FROM account_links',
    );
    const log = JSON.stringify((await env.DB.prepare('SELECT * FROM audit_rows').all()).results);
    for (const action of ['totp.enable', 'user.change_password', 'totp.disable', 'user.reset_password']) {
      expect(log).toContain(action);
    }
    for (const text of [...secrets, ...secrets.map(sha256), ...hashes, ...kept]) expect(log).not.toContain(text);
  });

  /** All values of these columns that are not empty. */
  async function stored(...queries: string[]): Promise<string[]> {
    const found = await env.DB.batch<Record<string, string | null>>(queries.map((query) => env.DB.prepare(query)));
    const values = found.flatMap(({ results }) => results.flatMap((row) => Object.values(row)));
    return values.filter((value): value is string => Boolean(value));
  }
});
