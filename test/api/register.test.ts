import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { addresses } from '../support/addresses.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { accessToken, PASSWORD, person, sessionOf, signedIn } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

type Policy = 'open' | 'invite' | 'closed';
type Pointed = { pointer: string };

const HOUR_MS = 3_600_000;

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});
afterEach(() => void vi.useRealTimers());

const invited = async (body: object = {}): Promise<{ id: number; token: string; link: string }> =>
  expectStatus(await call('POST', '/api/v1/invitations', { token: admin, body }), 201);

/** A registration under a policy, by default with an invitation. */
const register = (body: object, policy: Policy = 'invite') =>
  callWith('POST', '/api/v1/auth/register', {
    body: { password: PASSWORD, ...body },
    bindings: { REGISTRATION: policy } as Partial<Env>,
  });

/** Where a refused body is wrong. */
const pointers = async (response: Response) => {
  const { errors } = await expectStatus(response, 400);
  return [...new Set(errors.map(({ pointer }: Pointed) => pointer))];
};

describe('the policy', () => {
  it('invite, the default, needs an invitation', async () => {
    const body = { username: 'uninvited', password: PASSWORD };
    expect(await pointers(await call('POST', '/api/v1/auth/register', { body }))).toEqual(['#/invitation']);
    expect(await pointers(await register({ username: 'uninvited' }))).toEqual(['#/invitation']);
    await expectStatus(await signIn({ username: 'uninvited' }), 401);
  });

  it('open makes a member of who asks, and what an invitation says of who has one', async () => {
    expect((await expectStatus(await register({ username: 'walk-in' }, 'open'), 201)).role).toBe('member');
    const { token } = await invited({ role: 'analyst' });
    const guest = await register({ username: 'awaited', invitation: token }, 'open');
    expect((await expectStatus(guest, 201)).role).toBe('analyst');
    expect(await pointers(await register({ username: 'forger', invitation: 'ewi_forged' }, 'open'))).toEqual([
      '#/invitation',
    ]);
  });

  it('closed refuses with an invitation, too, which stays good', async () => {
    const { token } = await invited();
    await expectStatus(await register({ username: 'too-early' }, 'closed'), 403);
    await expectStatus(await register({ username: 'too-early', invitation: token }, 'closed'), 403);
    await expectStatus(await register({ username: 'too-early', invitation: token }), 201);
  });

  it.each(['role', 'id', 'disabled', 'password_hash', 'totp_enabled', 'created_at'])(
    'lets nobody who registers set %s',
    async (field) => {
      const { token } = await invited();
      const body = { username: 'climber', invitation: token, [field]: 'admin' };
      expect(await pointers(await register(body))).toEqual([`#/${field}`]);
      expect(await pointers(await register({ username: 'climber', [field]: 'admin' }, 'open'))).toEqual([`#/${field}`]);
      await expectStatus(await signIn({ username: 'climber' }), 401);
    },
  );
});

describe('an invitation', () => {
  it.each(['admin', 'analyst', 'member'])('gives the role that it names: %s', async (role) => {
    const { token, link } = await invited({ role });
    expect(new URL(link)).toMatchObject({ origin: 'https://edge.example', search: '', hash: `#${token}` });
    const user = await expectStatus(await register({ username: `new-${role}`, invitation: token }), 201);
    expect(user).toMatchObject({ username: `new-${role}`, role, disabled: false, totp_enabled: false });
    const { access } = await expectStatus(await signIn({ username: `new-${role}` }), 200);
    const users = await call('GET', '/api/v1/users', { token: access });
    expect(users.status).toBe(role === 'admin' ? 200 : 403);
  });

  it('makes one account, of five who share it at once', async () => {
    const { token } = await invited();
    const names = ['share-1', 'share-2', 'share-3', 'share-4', 'share-5'];
    const answers = await Promise.all(names.map((username) => register({ username, invitation: token })));
    expect(tally(answers)).toEqual({ 201: 1, 400: 4 });
    const made = await env.DB.prepare("SELECT count(*) AS n FROM users WHERE username LIKE 'share-%'").first('n');
    expect(made).toBe(1);
  });

  it('stays good for who finds the username taken, also by somebody who was quicker', async () => {
    const [one, two] = [await invited(), await invited()];
    await expectStatus(await register({ username: ' ADMIN ', invitation: one.token }), 409);
    const rivals = [one, two].map(({ token }) => register({ username: 'wanted', invitation: token }));
    const answers = await Promise.all(rivals);
    expect(tally(answers)).toEqual({ 201: 1, 409: 1 });
    const left = answers[0]?.status === 409 ? one : two;
    await expectStatus(await register({ username: 'content', invitation: left.token }), 201);
  });

  it('ends after its 72 hours, and not before', async () => {
    const start = Date.now();
    vi.setSystemTime(start);
    const [early, late] = [await invited(), await invited()];
    vi.setSystemTime(start + 72 * HOUR_MS - 1);
    await expectStatus(await register({ username: 'just-in-time', invitation: early.token }), 201);
    vi.setSystemTime(start + 72 * HOUR_MS);
    expect(await pointers(await register({ username: 'late', invitation: late.token }))).toEqual(['#/invitation']);
  });

  it('can be revoked until it is used', async () => {
    const [revoked, used] = [await invited(), await invited()];
    const revoke = ({ id }: { id: number }) => call('DELETE', `/api/v1/invitations/${id}`, { token: admin });
    await expectStatus(await revoke(revoked), 204);
    const answer = await register({ username: 'unwelcome', invitation: revoked.token });
    expect(await pointers(answer)).toEqual(['#/invitation']);
    await expectStatus(await register({ username: 'welcome', invitation: used.token }), 201);
    await expectStatus(await revoke(used), 404);
    await expectStatus(await revoke(revoked), 404);
  });

  it('is listed without its token, for as long as it can be used', async () => {
    const listed = async (): Promise<{ id: number }[]> =>
      (await expectStatus(await call('GET', '/api/v1/invitations?limit=100', { token: admin }), 200)).data;
    const [open, used, revoked] = [await invited(), await invited(), await invited()];
    await expectStatus(await register({ username: 'listed', invitation: used.token }), 201);
    await expectStatus(await call('DELETE', `/api/v1/invitations/${revoked.id}`, { token: admin }), 204);
    const found = await listed();
    const ids = found.map(({ id }) => id);
    expect([open, used, revoked].map(({ id }) => ids.includes(id))).toEqual([true, false, false]);
    expect(JSON.stringify(found)).not.toContain('ewi_');
    await env.DB.prepare('UPDATE account_links SET expires_at = ? WHERE id = ?').bind(Date.now(), open.id).run();
    expect((await listed()).map(({ id }) => id)).not.toContain(open.id);
  });

  it('is none that resets a password, and the other way round', async () => {
    const { id } = await person({ username: 'steady', role: 'member' });
    const { token: reset } = await expectStatus(await call('POST', `/api/v1/users/${id}/reset`, { token: admin }), 201);
    expect(await pointers(await register({ username: 'crossed', invitation: reset }))).toEqual(['#/invitation']);
    const { id: invitation, token } = await invited();
    const body = { token, password: 'a passphrase of somebody' };
    expect(await pointers(await call('POST', '/api/v1/auth/reset', { body }))).toEqual(['#/token']);
    await expectStatus(await call('DELETE', `/api/v1/invitations/${invitation}`, { token: admin }), 204);
  });

  it('is kept as a hash of 256 random bits', async () => {
    const { id, token } = await invited();
    expect(token).toMatch(/^ewi_[\w-]{43}$/);
    const row = await env.DB.prepare('SELECT * FROM account_links WHERE id = ?').bind(id).first();
    expect(row?.token_hash).toBe(sha256(token));
    expect(JSON.stringify(row)).not.toContain(token.slice(4));
  });

  it('that is unknown is refused before a password is hashed', async () => {
    const timed = async (send: () => Promise<Response>, status: number) => {
      const started = performance.now();
      await expectStatus(await send(), status);
      return performance.now() - started;
    };
    const [bogus, hashed]: [number[], number[]] = [[], []];
    for (const ip of addresses(5)) {
      bogus.push(await timed(() => register({ username: 'burner', invitation: `ewi_${ip}` }), 400));
      hashed.push(await timed(() => signIn({ username: 'burner', ip }), 401));
    }
    const [refusing, hashing] = [bogus, hashed].map((times) => times.sort((a, b) => a - b)[2] ?? 0);
    expect(refusing).toBeLessThan(Number(hashing) / 2);
  });
});

describe('a new password', () => {
  it.each([
    ['eleven characters', 'elevenchars'],
    ['six characters that UTF-16 writes as twelve', '🦊🐻🐼🐨🐯🦁'],
    ['one of the commonest', 'leavemealone'],
    ['one of the commonest in capitals', 'LeaveMeAlone'],
    ['the username', 'weak-username'],
    ['no text', 123_456_789_012],
  ])('is refused when it is %s', async (_, password) => {
    expect(await pointers(await register({ username: 'weak-username', password }, 'open'))).toEqual(['#/password']);
    const body = { username: 'weak-username', password, role: 'member' };
    expect(await pointers(await call('POST', '/api/v1/users', { token: admin, body }))).toEqual(['#/password']);
  });

  it('of a thousand characters is kept whole', async () => {
    const password = `${'long '.repeat(199)}long!`;
    expect(password).toHaveLength(1_000);
    await expectStatus(await register({ username: 'novelist', password }, 'open'), 201);
    await expectStatus(await signIn({ username: 'novelist', password: password.slice(0, 999) }), 401);
    await expectStatus(await signIn({ username: 'novelist', password: `${password.slice(0, 999)}?` }), 401);
    await expectStatus(await signIn({ username: 'novelist', password }), 200);
  });

  it('is one password however the keyboard composes it', async () => {
    await expectStatus(await register({ username: 'umlaut', password: 'zwölf Größenwähne' }, 'open'), 201);
    await expectStatus(await signIn({ username: 'umlaut', password: 'zwölf Größenwähne'.normalize('NFD') }), 200);
  });
});

it('is written down without what it is done with', async () => {
  const { id, token } = await invited({ role: 'analyst', email: 'recorded@example.com' });
  const user = await expectStatus(await register({ username: 'recorded', invitation: token }), 201);
  const [made, registered] = [await auditOf(`invitation:${id}`), await auditOf('user:recorded')];
  expect(made).toMatchObject([
    { actor: 'user:admin', action: 'invitation.create', after: { role: 'analyst', email: 'recorded@example.com' } },
  ]);
  expect(registered).toMatchObject([{ actor: 'anonymous', action: 'user.register', after: { username: 'recorded' } }]);
  const { results } = await env.DB.prepare('SELECT * FROM audit_rows').all();
  for (const secret of [PASSWORD, token, sha256(token), 'scrypt$']) {
    expect(JSON.stringify(results)).not.toContain(secret);
  }
  const access = await accessToken({
    sub: String(user.id),
    username: 'recorded',
    role: 'analyst',
    sid: await sessionOf(user.id),
  });
  expect(await expectStatus(await call('GET', '/api/v1/auth/me', { token: access }), 200)).toEqual(user);
});
