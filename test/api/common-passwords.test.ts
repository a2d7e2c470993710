import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { PASSWORD, signedIn } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});

const newUser = (username: string, password: string) => ({ username, password, role: 'member' });

// An isolate reads the list once, so what happens without it comes first.
describe('the list of common passwords', () => {
  it.each([
    ['is not there', async () => new Response('', { status: 404 })],
    ['cannot be reached', () => Promise.reject(new Error('internal error'))],
  ])('when it %s: nobody gets a password, and who has one signs in', async (_, fetch) => {
    vi.spyOn(console, 'error').mockReturnValueOnce();
    const bindings = { ASSETS: { fetch } } as unknown as Partial<Env>;
    const body = newUser('too-early', PASSWORD);
    await expectStatus(await callWith('POST', '/api/v1/users', { token: admin, body, bindings }), 503);
    await expectStatus(await signIn({ username: 'too-early' }), 401);
    await expectStatus(await signIn({ username: 'admin' }), 200);
  });

  it('has 3,000 of eight characters or more, each once', async () => {
    const text = await (await env.ASSETS.fetch('https://assets.example/common-passwords.txt')).text();
    const list = text.trimEnd().split('\n');
    expect(list.filter((password) => password.length >= 8 && password === password.toLowerCase())).toHaveLength(3_000);
    expect(new Set(list).size).toBe(3_000);
  });
});

describe('one of the commonest passwords', () => {
  it('is not what somebody changes to', async () => {
    const body = { current_password: PASSWORD, new_password: 'SonyEricsson' };
    const { errors } = await expectStatus(await call('POST', '/api/v1/auth/password', { token: admin, body }), 400);
    expect(errors).toEqual([{ pointer: '#/new_password', detail: 'is one of the commonest passwords' }]);
  });

  it('is not what somebody resets to, and the link stays good', async () => {
    const { id } = await expectStatus(
      await call('POST', '/api/v1/users', { token: admin, body: newUser('forgetful', PASSWORD) }),
      201,
    );
    const { token } = await expectStatus(await call('POST', `/api/v1/users/${id}/reset`, { token: admin }), 201);
    const reset = (password: string) => call('POST', '/api/v1/auth/reset', { body: { token, password } });
    const { errors } = await expectStatus(await reset('leavemealone'), 400);
    expect(errors).toEqual([{ pointer: '#/password', detail: 'is one of the commonest passwords' }]);
    await expectStatus(await reset('a passphrase of my own'), 204);
  });
});
