import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const invite = async (body: object = {}) =>
  expectStatus(await call('POST', '/api/v1/invitations', { token: admin, body }), 201);
const register = (body: object) => call('POST', '/api/v1/auth/register', { body: { password: PASSWORD, ...body } });
const registerUnder = (policy: string, body: object) =>
  callWith('POST', '/api/v1/auth/register', {
    body: { password: PASSWORD, ...body },
    bindings: { REGISTRATION: policy } as Partial<Env>,
  });

describe('registration', () => {
  it('by invitation gives the role of the invitation, and the account can sign in', async () => {
    const { token, link, expires_at } = await invite({ role: 'analyst' });
    expect(new URL(link).hash).toBe(`#${token}`);
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(71 * 3_600_000);
    const user = await expectStatus(await register({ username: 'invited', invitation: token }), 201);
    expect(user).toMatchObject({ username: 'invited', role: 'analyst', disabled: false });
    await expectStatus(await signIn({ username: 'invited' }), 200);
  });

  it('uses an invitation once, of two who share it', async () => {
    const { token } = await invite();
    const answers = await Promise.all(['first', 'second'].map((username) => register({ username, invitation: token })));
    expect(tally(answers)).toEqual({ 201: 1, 400: 1 });
  });

  it('leaves an invitation good when the username was taken', async () => {
    const { token } = await invite();
    await expectStatus(await register({ username: 'admin', invitation: token }), 409);
    await expectStatus(await register({ username: 'not-taken', invitation: token }), 201);
  });

  it.each([
    ['unknown', async () => 'ewi_unknown'],
    ['missing', async () => undefined],
    [
      'expired',
      async () => {
        const { id, token } = await invite();
        await env.DB.prepare('UPDATE account_links SET expires_at = 1 WHERE id = ?').bind(id).run();
        return token;
      },
    ],
    [
      'revoked',
      async () => {
        const { id, token } = await invite();
        await expectStatus(await call('DELETE', `/api/v1/invitations/${id}`, { token: admin }), 204);
        await expectStatus(await call('DELETE', `/api/v1/invitations/${id}`, { token: admin }), 404);
        return token;
      },
    ],
  ])('refuses an invitation that is %s', async (_, make) => {
    const { errors } = await expectStatus(await register({ username: 'uninvited', invitation: await make() }), 400);
    expect(errors[0].pointer).toBe('#/invitation');
    await expectStatus(await signIn({ username: 'uninvited' }), 401);
  });

  it('keeps only the hash of an invitation', async () => {
    const { token } = await invite();
    const { results } = await env.DB.prepare('SELECT * FROM account_links').all();
    expect(JSON.stringify(results)).not.toContain(token);
  });

  it('is open to all, as members, or to nobody, as the policy says', async () => {
    const user = await expectStatus(await registerUnder('open', { username: 'passer-by' }), 201);
    expect(user.role).toBe('member');
    await expectStatus(await registerUnder('open', { username: 'passer-by' }), 409);
    const { token } = await invite();
    await expectStatus(await registerUnder('closed', { username: 'late', invitation: token }), 403);
  });

  it('takes no role from who registers', async () => {
    const { errors } = await expectStatus(await registerUnder('open', { username: 'climber', role: 'admin' }), 400);
    expect(errors).toEqual([{ pointer: '#/role', detail: 'is not a field of this object' }]);
  });
});

describe('a new password', () => {
  it.each([
    ['eleven characters', 'elevenchars'],
    ['one of the commonest', 'qwerty123456'],
    ['one of the commonest in capitals', 'QWERTY123456'],
  ])('is refused when it is %s', async (_, password) => {
    const { errors } = await expectStatus(await registerUnder('open', { username: 'weak', password }), 400);
    expect(errors[0].pointer).toBe('#/password');
  });

  it('is kept whole, however long', async () => {
    const password = 'a very long passphrase '.repeat(40);
    await expectStatus(await registerUnder('open', { username: 'poet', password }), 201);
    await expectStatus(await signIn({ username: 'poet', password: password.slice(0, -1) }), 401);
    await expectStatus(await signIn({ username: 'poet', password }), 200);
  });
});
