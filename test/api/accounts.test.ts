import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { accessToken, PASSWORD, person, sessionOf, signedIn } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

async function someone(username: string, role: 'admin' | 'analyst' | 'member' = 'member') {
  const { id } = await person({ username, role });
  return { id, token: await accessToken({ sub: String(id), username, role, sid: await sessionOf(id) }) };
}

const patch = (id: number, body: object, token = admin) => call('PATCH', `/api/v1/users/${id}`, { token, body });
const me = (token: string) => call('GET', '/api/v1/auth/me', { token });

describe('what changes a person holds on their next request', () => {
  it('another role', async () => {
    const { id, token } = await someone('deputy', 'admin');
    await expectStatus(await call('GET', '/api/v1/users', { token }), 200);
    await expectStatus(await patch(id, { role: 'member' }), 200);
    await expectStatus(await call('GET', '/api/v1/users', { token }), 403);
    await expectStatus(await patch(id, { role: 'analyst' }), 200);
    expect((await expectStatus(await me(token), 200)).role).toBe('analyst');
  });

  it('being disabled, which ends the sessions for good', async () => {
    const { id, token } = await someone('leaver');
    await expectStatus(await me(token), 200);
    await expectStatus(await patch(id, { disabled: true }), 200);
    await expectStatus(await me(token), 401);
    await expectStatus(await signIn({ username: 'leaver' }), 401);
    await expectStatus(await patch(id, { disabled: false }), 200);
    await expectStatus(await me(token), 401);
    await expectStatus(await signIn({ username: 'leaver' }), 200);
  });

  it('and leaves an audit row with the values before and after', async () => {
    const { id } = await someone('audited');
    await expectStatus(await patch(id, { role: 'analyst', email: 'audited@example.com' }), 200);
    expect(await auditOf('user:audited')).toContainEqual({
      actor: 'user:admin',
      action: 'user.update',
      target: 'user:audited',
      before: { role: 'member', email: null },
      after: { role: 'analyst', email: 'audited@example.com' },
    });
  });
});

describe('the last active admin', () => {
  it('stays one, even of two who demote each other at once', async () => {
    const first = await someone('first-admin', 'admin');
    const second = await someone('second-admin', 'admin');
    await env.DB.prepare("UPDATE users SET disabled = 1 WHERE username = 'admin'").run();
    const answers = await Promise.all([
      patch(first.id, { role: 'member' }, second.token),
      patch(second.id, { role: 'member' }, first.token),
    ]);
    const { results } = await env.DB.prepare("SELECT * FROM users WHERE role = 'admin' AND disabled = 0").all();
    expect(results).toHaveLength(1);
    expect(tally(answers)[200]).toBe(1);
    await env.DB.prepare("UPDATE users SET disabled = 0 WHERE username = 'admin'").run();
  });

  it('cannot be disabled', async () => {
    await env.DB.prepare("UPDATE users SET role = 'member' WHERE username <> 'admin'").run();
    const { id } = await expectStatus(await me(admin), 200);
    await expectStatus(await patch(id, { disabled: true }), 409);
    await expectStatus(await patch(id, { role: 'analyst' }), 409);
    await expectStatus(await me(admin), 200);
  });
});

describe('the list of people', () => {
  it('filters by role and by who is disabled, and shows no hash', async () => {
    await someone('listed', 'analyst');
    const list = async (query: string) =>
      expectStatus(await call('GET', `/api/v1/users${query}`, { token: admin }), 200);
    const { data, total } = await list('?role=ANALYST&page=1');
    expect(total).toBe(data.length);
    expect(data.map(({ role }: { role: string }) => role)).not.toContain('member');
    expect((await list('?disabled=true')).data.every(({ disabled }: { disabled: boolean }) => disabled)).toBe(true);
    expect(JSON.stringify(await list('?limit=100'))).not.toMatch(/scrypt|hash|secret/);
  });
});

describe('a person', () => {
  it.each(['id', 'username', 'password_hash', 'passwordHash', 'totp_secret', 'totp_enabled', 'created_at'])(
    'cannot be given %s',
    async (field) => {
      const { id, token } = await someone(`assigned-${field.toLowerCase().replaceAll('_', '-')}`);
      const { errors } = await expectStatus(await patch(id, { [field]: 1 }), 400);
      expect(errors).toEqual([{ pointer: `#/${field}`, detail: 'is not a field of this object' }]);
      const own = await call('PATCH', '/api/v1/auth/me', { token, body: { email: null, role: 'admin' } });
      expect((await expectStatus(own, 400)).errors[0].pointer).toBe('#/role');
    },
  );
});

describe('a reset', () => {
  it('sets the password once, and ends every session', async () => {
    const { id, token } = await someone('forgetful');
    const reset = await expectStatus(await call('POST', `/api/v1/users/${id}/reset`, { token: admin }), 201);
    const use = (password: string) => call('POST', '/api/v1/auth/reset', { body: { token: reset.token, password } });
    await expectStatus(await use('short'), 400);
    await expectStatus(await use('a passphrase to remember'), 204);
    await expectStatus(await me(token), 401);
    await expectStatus(await signIn({ username: 'forgetful' }), 401);
    await expectStatus(await signIn({ username: 'forgetful', password: 'a passphrase to remember' }), 200);
    const { errors } = await expectStatus(await use('another passphrase'), 400);
    expect(errors[0].pointer).toBe('#/token');
  });
});

describe('changing the own password', () => {
  it('needs the current one and ends the other sessions', async () => {
    const { id, token } = await someone('mover');
    const other = await accessToken({ sub: String(id), username: 'mover', role: 'member', sid: await sessionOf(id) });
    const change = (current_password: string, new_password = 'a brand new passphrase') =>
      call('POST', '/api/v1/auth/password', { token, body: { current_password, new_password } });
    expect((await expectStatus(await change('wrong'), 400)).errors[0].pointer).toBe('#/current_password');
    await expectStatus(await change(PASSWORD), 204);
    await expectStatus(await me(other), 401);
    await expectStatus(await me(token), 200);
    await expectStatus(await signIn({ username: 'mover', password: 'a brand new passphrase' }), 200);
  });
});
