import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserRole } from '../../src/core/actor.ts';
import { sha256 } from '../../src/core/digest.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { withOwnSessions } from '../support/own-sessions.ts';
import { accessToken, PASSWORD, person, sessionOf } from '../support/people.ts';
import { protectedAccount } from '../support/second-factor.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

type User = { id: number; username: string; role: string; disabled: boolean };

const HOUR_MS = 3_600_000;

let admin: string;
beforeAll(async () => {
  admin = (await someone('admin', 'admin')).token;
});
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});
afterEach(() => void vi.useRealTimers());

async function tokenOf({ id, username, role }: Pick<User, 'id' | 'username' | 'role'>): Promise<string> {
  return accessToken({ sub: String(id), username, role, sid: await sessionOf(id) });
}

async function someone(username: string, role: UserRole = 'member') {
  const { id } = await person({ username, role });
  return { id, username, role, token: await tokenOf({ id, username, role }) };
}

const patch = (id: number, body: object, token = admin) => call('PATCH', `/api/v1/users/${id}`, { token, body });
const get = (path: string, token = admin) => call('GET', `/api/v1${path}`, { token });
const list = async (query: string) => expectStatus(await get(`/users${query}`), 200);
const names = ({ data }: { data: User[] }) => data.map(({ username }) => username);

describe('the list of people', () => {
  it('is newest first, filters by role and by who is disabled, and pages both ways', async () => {
    const made = ['analyst-1', 'analyst-2', 'analyst-3', 'analyst-4', 'analyst-5'];
    for (const username of made) await someone(username, 'analyst');
    const newestFirst = made.toReversed();
    expect(names(await list('?role=ANALYST'))).toEqual(newestFirst);
    expect(names(await list('?role=analyst&sort_order=asc'))).toEqual(made);

    const first = await list('?role=analyst&limit=2');
    const second = await list(`?role=analyst&limit=2&cursor=${first.next_cursor}`);
    const third = await list(`?role=analyst&limit=2&cursor=${second.next_cursor}`);
    expect([first, second, third].flatMap(names)).toEqual(newestFirst);
    expect(third.next_cursor).toBeNull();
    const page = await list('?role=analyst&limit=2&page=3');
    expect(page).toMatchObject({ page: 3, total: 5, total_exact: true });
    expect(names(page)).toEqual(['analyst-1']);

    const { data } = await list('?role=analyst&limit=1');
    await expectStatus(await patch(data[0].id, { disabled: true }), 200);
    expect(names(await list('?disabled=true'))).toEqual(['analyst-5']);
    expect(names(await list('?role=analyst&disabled=false'))).toEqual(newestFirst.slice(1));
  });

  it('shows of each what the contract names and nothing else', async () => {
    const { data } = await list('?limit=100');
    const named = ['created_at', 'disabled', 'email', 'external', 'id'];
    const fields = [...named, 'last_login_at', 'role', 'totp_enabled', 'username'];
    for (const user of data) expect(Object.keys(user).sort()).toEqual(fields);
  });

  it.each(['?role=root', '?disabled=1', '?limit=101', '?sort_by=password_hash', '?password_hash=x', '?role=a&role=b'])(
    'refuses %s',
    async (query) => void (await expectStatus(await get(`/users${query}`), 400)),
  );
});

describe('what an admin changes holds from the next request of an access token that was given before', () => {
  it('a lower role', async () => {
    const { id, token } = await someone('demoted', 'admin');
    await expectStatus(await get('/users', token), 200);
    await expectStatus(await patch(id, { role: 'Member' }), 200);
    await expectStatus(await get('/users', token), 403);
    expect(await expectStatus(await get('/auth/me', token), 200)).toMatchObject({ role: 'member' });
    await expectStatus(await patch(id, { role: 'admin' }), 200);
    await expectStatus(await get('/users', token), 200);
  });

  it('being disabled, which enabling again does not undo for the session', async () => {
    const { id, token } = await someone('suspended');
    const { refresh } = await expectStatus(await signIn({ username: 'suspended' }), 200);
    await expectStatus(await get('/events', token), 200);
    await expectStatus(await patch(id, { disabled: true }), 200);
    await expectStatus(await get('/events', token), 401);
    await expectStatus(await signIn({ username: 'suspended' }), 401);
    await expectStatus(await patch(id, { disabled: false }), 200);
    await expectStatus(await get('/events', token), 401);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 401);
    await expectStatus(await signIn({ username: 'suspended' }), 200);
  });

  it('and leaves a row in the audit log: who, what, before and after', async () => {
    const { id } = await someone('audited');
    await expectStatus(await patch(id, { role: 'analyst', email: 'audited@example.com' }), 200);
    await expectStatus(await patch(id, {}), 200);
    expect(await auditOf('user:audited')).toEqual([
      {
        actor: 'user:admin',
        action: 'user.update',
        target: 'user:audited',
        before: { role: 'member', email: null },
        after: { role: 'analyst', email: 'audited@example.com' },
      },
    ]);
  });

  it('being signed out', async () => {
    const { token } = await someone('leaving');
    await expectStatus(await get('/events', token), 200);
    await expectStatus(await call('POST', '/api/v1/auth/logout', { token }), 204);
    await expectStatus(await get('/events', token), 401);
  });
});

describe('the last active admin', () => {
  /** Disables every other admin behind the API's back. */
  const leaveOnly = (...ids: number[]) =>
    env.DB.prepare("UPDATE users SET disabled = 1 WHERE role = 'admin' AND id NOT IN (SELECT value FROM json_each(?))")
      .bind(JSON.stringify(ids))
      .run();
  afterEach(async () => {
    await env.DB.prepare("UPDATE users SET disabled = 0 WHERE username = 'admin'").run();
  });

  it('can be neither demoted nor disabled, and keeps working as before', async () => {
    const { id, token } = await someone('sole-admin', 'admin');
    const { access, refresh } = await expectStatus(await signIn({ username: 'sole-admin' }), 200);
    await leaveOnly(id);
    for (const body of [{ role: 'member' }, { disabled: true }, { role: 'analyst', disabled: true }]) {
      await expectStatus(await patch(id, body, token), 409);
    }
    expect(await expectStatus(await get('/auth/me', token), 200)).toMatchObject({ role: 'admin', disabled: false });
    const open = await expectStatus(await get('/auth/sessions', access), 200);
    expect(open.data).toHaveLength(2);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 200);
    const actions = (await auditOf('user:sole-admin')).map(({ action }) => action);
    expect(actions).toEqual(['session.create', 'session.refresh']);
    await expectStatus(await patch(id, { email: 'sole@example.com' }, token), 200);
  });

  it.each([{ role: 'member' }, { disabled: true }])('stays one of two who do this to each other: %j', async (body) => {
    const [suffix] = Object.keys(body);
    const [one, two] = [await someone(`one-${suffix}`, 'admin'), await someone(`two-${suffix}`, 'admin')];
    await leaveOnly(one.id, two.id);
    const answers = await Promise.all([patch(one.id, body, two.token), patch(two.id, body, one.token)]);
    expect(tally(answers)[200]).toBe(1);
    const left = env.DB.prepare("SELECT count(*) AS n FROM users WHERE role = 'admin' AND disabled = 0");
    expect(await left.first('n')).toBe(1);
    const survivor = answers[0]?.status === 200 ? two : one;
    const open = 'SELECT count(*) AS n FROM sessions WHERE user_id = ? AND revoked_at IS NULL';
    expect(await env.DB.prepare(open).bind(survivor.id).first('n')).toBe(1);
  });
});

describe('a person', () => {
  it.each([
    'id',
    'username',
    'password',
    'password_hash',
    'passwordHash',
    'totp_secret',
    'totp_enabled',
    'totp_enabled_at',
    'created_at',
    'last_login_at',
  ])('is not given another %s', async (field) => {
    const { id, username, token } = await someone(`kept-${field.toLowerCase().replaceAll('_', '-')}-${field.length}`);
    const before = await env.DB.prepare('SELECT * FROM users WHERE id = ?').bind(id).first();
    for (const body of [{ [field]: 1 }, { role: 'admin', [field]: null }]) {
      const { errors } = await expectStatus(await patch(id, body), 400);
      expect(errors).toEqual([{ pointer: `#/${field}`, detail: 'is not a field of this object' }]);
    }
    const own = await call('PATCH', '/api/v1/auth/me', { token, body: { email: null, [field]: 1 } });
    await expectStatus(own, 400);
    expect(await env.DB.prepare('SELECT * FROM users WHERE username = ?').bind(username).first()).toEqual(before);
  });

  it('is not found where there is none', async () => {
    await expectStatus(await patch(999_999, { role: 'member' }), 404);
    await expectStatus(await get('/users/999999'), 404);
    await expectStatus(await call('POST', '/api/v1/users/999999/reset', { token: admin }), 404);
  });
});

describe('changing the own password', () => {
  it('needs the current one, and ends the other sessions', async () => {
    const { id, username, role, token } = await someone('mover');
    const other = await tokenOf({ id, username, role });
    await expectStatus(await get('/auth/me', other), 200);
    const change = (current_password: string, new_password = 'a brand new passphrase') =>
      call('POST', '/api/v1/auth/password', { token, body: { current_password, new_password } });
    expect((await expectStatus(await change('wrong'), 400)).errors[0].pointer).toBe('#/current_password');
    await expectStatus(await change(PASSWORD), 204);
    await expectStatus(await get('/auth/me', other), 401);
    await expectStatus(await get('/auth/me', token), 200);
    await expectStatus(await signIn({ username }), 401);
    await expectStatus(await signIn({ username, password: 'a brand new passphrase' }), 200);
  });
});

describe('a reset link', () => {
  const NEW = 'a passphrase to remember';
  const resetOf = async (id: number): Promise<{ token: string; link: string }> =>
    expectStatus(await call('POST', `/api/v1/users/${id}/reset`, { token: admin }), 201);
  const use = (token: string, password = NEW) => call('POST', '/api/v1/auth/reset', { body: { token, password } });
  const pointers = async (response: Response) =>
    (await expectStatus(response, 400)).errors.map(({ pointer }: { pointer: string }) => pointer);

  it('sets the password, ends every session, and is good once of five at once', async () => {
    const { id, username, token } = await someone('forgetful');
    const { refresh } = await expectStatus(await signIn({ username }), 200);
    await expectStatus(await get('/events', token), 200);
    const { token: reset, link } = await resetOf(id);
    expect(new URL(link).hash).toBe(`#${reset}`);
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => use(reset, `${NEW} ${n}`)));
    expect(tally(answers)).toEqual({ 204: 1, 400: 4 });
    await expectStatus(await get('/events', token), 401);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 401);
    await expectStatus(await signIn({ username, password: PASSWORD }), 401);
    const winner = answers.findIndex(({ status }) => status === 204);
    await expectStatus(await signIn({ username, password: `${NEW} ${winner}` }), 200);
    expect(await pointers(await use(reset))).toEqual(['#/token']);
  });

  it('changes nothing for who comes second: who was quicker stays signed in', async () => {
    const { id, username } = await someone('racing');
    const { token } = await resetOf(id);
    let refresh = '';
    const quicker = async () => {
      await expectStatus(await use(token), 204);
      ({ refresh } = await expectStatus(await signIn({ username, password: NEW }), 200));
    };
    const DB = withOwnSessions({
      prepare: (sql) => env.DB.prepare(sql),
      batch: <T>(statements: D1PreparedStatement[]) => quicker().then(() => env.DB.batch<T>(statements)),
    });
    const body = { token, password: `${NEW} too late` };
    expect(await pointers(await callWith('POST', '/api/v1/auth/reset', { body, bindings: { DB } }))).toEqual([
      '#/token',
    ]);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh } }), 200);
    const actions = (await auditOf(`user:${username}`)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'user.reset_password')).toHaveLength(1);
    expect(actions.slice(-2)).toEqual(['session.create', 'session.refresh']);
  });

  it('is not used up by a password that is too weak', async () => {
    const { id, username } = await someone('hasty-person');
    const { token } = await resetOf(id);
    for (const weak of ['elevenchars', 'leavemealone', 'Hasty-Person']) {
      expect(await pointers(await use(token, weak))).toEqual(['#/password']);
    }
    await expectStatus(await use(token), 204);
    await expectStatus(await signIn({ username, password: NEW }), 200);
  });

  it('ends after its 72 hours', async () => {
    const { id } = await someone('slow');
    const start = Date.now();
    vi.setSystemTime(start);
    const { token } = await resetOf(id);
    vi.setSystemTime(start + 72 * HOUR_MS);
    expect(await pointers(await use(token))).toEqual(['#/token']);
    vi.setSystemTime(start + 72 * HOUR_MS - 1);
    await expectStatus(await use(token), 204);
  });

  it('ends when another of the same person is used', async () => {
    const { id } = await someone('spammed');
    const [first, second] = [await resetOf(id), await resetOf(id)];
    await expectStatus(await use(second.token), 204);
    expect(await pointers(await use(first.token))).toEqual(['#/token']);
  });

  it('ends when the password is changed', async () => {
    const { id, token } = await someone('remembering');
    const reset = await resetOf(id);
    const body = { current_password: PASSWORD, new_password: NEW };
    await expectStatus(await call('POST', '/api/v1/auth/password', { token, body }), 204);
    expect(await pointers(await use(reset.token, `${NEW} again`))).toEqual(['#/token']);
  });

  it('does not take the second factor away', async () => {
    const { id, username, codes } = await protectedAccount('protected');
    await expectStatus(await use((await resetOf(id)).token), 204);
    const asked = await expectStatus(await signIn({ username, password: NEW }), 401);
    expect(asked.type).toMatch(/otp_required$/);
    await expectStatus(await signIn({ username, password: NEW, otp: codes[0] ?? '' }), 200);
  });

  it('is written down with who made it, and neither its token nor the password', async () => {
    const { id, username } = await someone('recorded');
    const { token } = await resetOf(id);
    await expectStatus(await use(token), 204);
    expect(await auditOf(`user:${username}`)).toMatchObject([
      { actor: 'user:admin', action: 'user.create_reset' },
      { actor: 'anonymous', action: 'user.reset_password' },
      { action: 'session.revoke' },
    ]);
    const { results } = await env.DB.prepare('SELECT * FROM audit_rows').all();
    for (const secret of [NEW, PASSWORD, token, sha256(token), 'scrypt$']) {
      expect(JSON.stringify(results)).not.toContain(secret);
    }
  });
});
