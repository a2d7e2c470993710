import { env } from 'cloudflare:workers';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decryptSecret } from '../../src/core/secret.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { addresses, sessionsFrom } from '../support/addresses.ts';
import { call, expectStatus } from '../support/client.ts';
import { accessToken, PASSWORD, person, sessionOf } from '../support/people.ts';
import { account, protectedAccount, STEP_MS } from '../support/second-factor.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

// The clock stands ten seconds into a step, so that no code changes under a test.
beforeEach(async () => {
  vi.setSystemTime(Math.floor(Date.now() / STEP_MS) * STEP_MS + 10_000);
  await env.DB.prepare('DELETE FROM guesses').run();
});
afterEach(() => void vi.useRealTimers());

const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const me = (token: string) => call('GET', '/api/v1/auth/me', { token });

describe('enrolling', () => {
  it('needs the password, and answers the secret, its link and an image of the link', async () => {
    const { post, token } = await account('new');
    expect((await expectStatus(await post('/totp', { password: 'wrong' }), 400)).errors[0].pointer).toBe('#/password');
    const { secret, uri, qr } = await expectStatus(await post('/totp', { password: PASSWORD }), 200);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(Object.fromEntries(new URL(uri).searchParams)).toMatchObject({ secret, issuer: 'Edgewatch' });
    expect(qr).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect(qr).not.toContain(secret);
    expect((await expectStatus(await me(token), 200)).totp_enabled).toBe(false);
  });

  it('again before a code was shown replaces the secret, and afterwards is a conflict', async () => {
    const { post } = await account('twice');
    const [first, second] = [
      await expectStatus(await post('/totp', { password: PASSWORD }), 200),
      await expectStatus(await post('/totp', { password: PASSWORD }), 200),
    ];
    await expectStatus(await post('/totp/confirm', { otp: new TOTP({ secret: first.secret }).generate() }), 400);
    const otp = new TOTP({ secret: second.secret }).generate();
    const confirmations = await Promise.all([post('/totp/confirm', { otp }), post('/totp/confirm', { otp })]);
    expect(confirmations.filter(({ status }) => status === 200)).toHaveLength(1);
    later(STEP_MS);
    const again = { password: PASSWORD, otp: new TOTP({ secret: second.secret }).generate() };
    await expectStatus(await post('/totp', again), 409);
  });

  it('gives recovery codes to one of two who confirm it at once, and those work', async () => {
    const { post, username } = await account('hasty');
    const { secret } = await expectStatus(await post('/totp', { password: PASSWORD }), 200);
    const app = new TOTP({ secret });
    const codes = [-STEP_MS, 0].map((early) => app.generate({ timestamp: Date.now() + early }));
    const answers = await Promise.all(codes.map((otp) => post('/totp/confirm', { otp })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { recovery_codes } = await expectStatus(answers.find(({ status }) => status === 200) as Response, 200);
    await expectStatus(await signIn({ username, otp: recovery_codes[0] }), 200);
    const enabled = "SELECT count(*) AS n FROM audit_rows WHERE action = 'totp.enable' AND target = ?";
    expect(await env.DB.prepare(enabled).bind(`user:${username}`).first('n')).toBe(1);
  });

  it('is in force only once a code was shown', async () => {
    const { post, username } = await account('hesitant');
    await expectStatus(await post('/totp', { password: PASSWORD }), 200);
    await expectStatus(await post('/totp/confirm', { otp: '000000' }), 400);
    await expectStatus(await signIn({ username }), 200);
    const unenrolled = await account('unenrolled');
    await expectStatus(await unenrolled.post('/totp/confirm', { otp: '000000' }), 409);
  });

  it('keeps the secret so that the database alone gives nobody a code', async () => {
    const { id, secret } = await protectedAccount('sealed');
    const stored = await env.DB.prepare('SELECT totp_secret FROM users WHERE id = ?').bind(id).first('totp_secret');
    expect(stored).not.toContain(secret);
    expect(decryptSecret(settingsOf(env), { purpose: 'totp', stored: String(stored) })).toBe(secret);
    const another = settingsOf({ ...env, JWT_SECRET: 'another-secret-another-secret-another' });
    expect(decryptSecret(another, { purpose: 'totp', stored: String(stored) })).toBeNull();
  });

  it('ends what was started with the password alone, refresh tokens included', async () => {
    const { id } = await person({ username: 'before', role: 'member' });
    const early = await expectStatus(await signIn({ username: 'before' }), 200);
    const token = await accessToken({ sub: String(id), username: 'before', role: 'member', sid: await sessionOf(id) });
    const post = (path: string, body: object) => call('POST', `/api/v1/auth${path}`, { token, body });
    await expectStatus(await me(early.access), 200);
    const { secret } = await expectStatus(await post('/totp', { password: PASSWORD }), 200);
    await expectStatus(await post('/totp/confirm', { otp: new TOTP({ secret }).generate() }), 200);
    await expectStatus(await me(early.access), 401);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh: early.refresh } }), 401);
    await expectStatus(await me(token), 200);
  });
});

describe('signing in with 2FA', () => {
  it('tells only who has the password that a code is asked for', async () => {
    const { app, username } = await protectedAccount('guarded');
    const problemOf = async (fields: { password?: string; otp?: string }) =>
      (await expectStatus(await signIn({ username, ...fields }), 401)).type;
    expect(await problemOf({})).toMatch(/otp_required$/);
    expect(await problemOf({ password: 'wrong' })).toMatch(/unauthenticated$/);
    expect(await problemOf({ password: 'wrong', otp: app.generate() })).toMatch(/unauthenticated$/);
    expect(await problemOf({ otp: '000000' })).toMatch(/unauthenticated$/);
    await expectStatus(await signIn({ username, otp: app.generate() }), 200);
  });

  it('accepts a code once of a hundred who send it at once, each from a known address', async () => {
    const { id, username, app } = await protectedAccount('raced');
    await sessionsFrom(addresses(100), id);
    const otp = app.generate();
    const answers = await Promise.all(addresses(100).map((ip) => signIn({ username, otp, ip })));
    expect(tally(answers)).toEqual({ 200: 1, 401: 99 });
  });

  it('accepts a used code neither in the next half minute nor where 2FA is changed', async () => {
    const { username, app, post } = await protectedAccount('replayed');
    const otp = app.generate();
    await expectStatus(await signIn({ username, otp }), 200);
    later(STEP_MS);
    await expectStatus(await signIn({ username, otp }), 401);
    await expectStatus(await post('/totp/disable', { password: PASSWORD, otp }), 400);
    await expectStatus(await signIn({ username, otp: app.generate() }), 200);
  });

  it('accepts the code of the step before and after, and no older one once a newer was used', async () => {
    const { username, app } = await protectedAccount('skewed');
    const code = (steps: number) => app.generate({ timestamp: Date.now() + steps * STEP_MS });
    await expectStatus(await signIn({ username, otp: code(2) }), 401);
    await expectStatus(await signIn({ username, otp: code(1) }), 200);
    await expectStatus(await signIn({ username, otp: code(0) }), 401);
    later(3 * STEP_MS);
    await expectStatus(await signIn({ username, otp: code(-2) }), 401);
    await expectStatus(await signIn({ username, otp: code(-1) }), 200);
  });

  it('lets who has the password guess five codes of a hundred at once', async () => {
    const { username } = await protectedAccount('probed');
    const answers = Array.from({ length: 100 }, (_, n) => signIn({ username, otp: String(n).padStart(6, '0') }));
    expect(tally(await Promise.all(answers))).toEqual({ 401: 5, 429: 95 });
  });
});

describe('recovery codes', () => {
  it('work once each, however they are typed and however many come at once', async () => {
    const { username, codes } = await protectedAccount('stranded');
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = '', third = ''] = codes;
    const typed = first.toLowerCase().replaceAll('-', '');
    const answers = await Promise.all(addresses(40).map((ip) => signIn({ username, otp: typed, ip })));
    expect(tally(answers)).toEqual({ 200: 1, 401: 39 });
    await expectStatus(await signIn({ username, otp: ` ${second.replaceAll('-', ' ')} ` }), 200);
    await expectStatus(await signIn({ username, otp: third }), 200);
    await expectStatus(await signIn({ username, otp: third }), 401);
  });

  it('are of one person, and stored hashed', async () => {
    const [ours, theirs] = [await protectedAccount('ours'), await protectedAccount('theirs')];
    await expectStatus(await signIn({ username: 'ours', otp: theirs.codes[0] ?? '' }), 401);
    const { results } = await env.DB.prepare('SELECT * FROM recovery_codes').all();
    const stored = JSON.stringify(results);
    for (const code of [...ours.codes, ...theirs.codes]) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll('-', ''));
    }
  });

  it('are renewed with the password and a code, and the earlier ones stop', async () => {
    const { username, codes, post } = await protectedAccount('renewing');
    await expectStatus(await post('/totp/recovery-codes', { password: PASSWORD }), 400);
    await expectStatus(await post('/totp/recovery-codes', { password: 'wrong', otp: codes[0] }), 400);
    const renewal = await post('/totp/recovery-codes', { password: PASSWORD, otp: codes[0] });
    const { recovery_codes: renewed } = await expectStatus(renewal, 200);
    await expectStatus(await signIn({ username, otp: codes[1] ?? '' }), 401);
    await expectStatus(await signIn({ username, otp: renewed[1] }), 200);
  });
});

describe('turning 2FA off', () => {
  it('needs the password and a code, and leaves neither secret nor recovery codes', async () => {
    const { id, username, app, codes, post } = await protectedAccount('leaving');
    const disable = (body: object) => post('/totp/disable', body);
    expect((await expectStatus(await disable({ password: PASSWORD }), 400)).errors[0].pointer).toBe('#/otp');
    await expectStatus(await disable({ password: 'wrong', otp: app.generate() }), 400);
    await expectStatus(await disable({ password: PASSWORD, otp: '000000' }), 400);
    await expectStatus(await signIn({ username, ip: '203.0.113.7' }), 401);
    await expectStatus(await disable({ password: PASSWORD, otp: app.generate() }), 204);
    await expectStatus(await signIn({ username }), 200);
    const stored = await env.DB.prepare('SELECT totp_secret FROM users WHERE id = ?').bind(id).first('totp_secret');
    expect(stored).toBeNull();
    const left = env.DB.prepare('SELECT count(*) AS n FROM recovery_codes WHERE user_id = ?').bind(id);
    expect(await left.first('n')).toBe(0);
    expect(codes).toHaveLength(10);
  });
});

describe('a password of eight characters', () => {
  const SHORT = 'tr0ub4d&';
  const change = { current_password: PASSWORD, new_password: SHORT };

  it('is allowed beside 2FA, seven are not, and eight not without', async () => {
    const { username, app, post } = await protectedAccount('short');
    await expectStatus(await post('/password', { ...change, new_password: SHORT.slice(1) }), 400);
    await expectStatus(await post('/password', change), 204);
    await expectStatus(await signIn({ username, password: SHORT, otp: app.generate() }), 200);
    const bare = await account('bare');
    // Eight again: UTF-16 takes two units for each of these.
    for (const new_password of [SHORT, '🦊🐻🐼🐨🐯🦁🐮🐷']) {
      const { errors } = await expectStatus(await bare.post('/password', { ...change, new_password }), 400);
      expect(errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['#/new_password']);
    }
  });

  it('must become a longer one before 2FA is turned off', async () => {
    const { app, post, token } = await protectedAccount('shortening');
    await expectStatus(await post('/password', change), 204);
    const refused = await post('/totp/disable', { password: SHORT, otp: app.generate() });
    await expectStatus(refused, 409);
    expect((await expectStatus(await me(token), 200)).totp_enabled).toBe(true);
  });
});

describe('where admins need 2FA', () => {
  const bindings = { ADMIN_TOTP_REQUIRED: 'true' } as Partial<Env>;

  it('an admin without it reaches their own account only, enrols, and is free', async () => {
    const { id } = await person({ username: 'chief', role: 'admin' });
    const token = await accessToken({ sub: String(id), username: 'chief', role: 'admin', sid: await sessionOf(id) });
    const ask = (method: string, path: string, body?: object) =>
      callWith(method, `/api/v1${path}`, { token, body, bindings });
    const closed = [
      ['GET', '/users'],
      ['GET', '/events'],
      ['GET', '/alerts'],
      ['GET', '/sensors'],
      ['GET', '/auditlogs'],
      ['POST', '/invitations'],
      ['POST', '/events'],
    ];
    for (const [method = '', path = ''] of closed) {
      const { type } = await expectStatus(await ask(method, path, method === 'POST' ? {} : undefined), 403);
      expect(type).toMatch(/totp_enrolment_required$/);
    }
    for (const path of ['/auth/me', '/auth/sessions']) await expectStatus(await ask('GET', path), 200);
    const { secret } = await expectStatus(await ask('POST', '/auth/totp', { password: PASSWORD }), 200);
    await expectStatus(await ask('GET', '/users'), 403);
    await expectStatus(await ask('POST', '/auth/totp/confirm', { otp: new TOTP({ secret }).generate() }), 200);
    for (const [method = '', path = ''] of closed.slice(0, 5)) await expectStatus(await ask(method, path), 200);
  });

  it('analysts and members do not', async () => {
    const { token } = await account('watcher', 'analyst');
    await expectStatus(await callWith('GET', '/api/v1/alerts', { token, bindings }), 200);
  });

  it('somebody who is made an admin does from the next request on', async () => {
    const chief = await protectedAccount('other-chief', 'admin');
    const { id, token } = await account('promoted', 'analyst');
    const ask = (path: string) => callWith('GET', `/api/v1${path}`, { token, bindings });
    await expectStatus(await ask('/alerts'), 200);
    const promotion = { token: chief.token, body: { role: 'admin' }, bindings };
    await expectStatus(await callWith('PATCH', `/api/v1/users/${id}`, promotion), 200);
    await expectStatus(await ask('/alerts'), 403);
    await expectStatus(await ask('/auth/me'), 200);
  });
});
