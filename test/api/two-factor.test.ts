import { env } from 'cloudflare:workers';
import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { accessToken, PASSWORD, person, sessionOf, signedIn } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { callWith } from '../support/worker.ts';

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});

/** Somebody with 2FA on; their token, authenticator and recovery codes. */
async function enrolled(username: string) {
  const token = await signedIn('analyst', username);
  const enrolment = await expectStatus(
    await call('POST', '/api/v1/auth/totp', { token, body: { password: PASSWORD } }),
    200,
  );
  const app = new TOTP({ secret: enrolment.secret });
  // The code of the step before is good, too, and leaves the present one for the test.
  const otp = app.generate({ timestamp: Date.now() - 30_000 });
  const confirmed = await call('POST', '/api/v1/auth/totp/confirm', { token, body: { otp } });
  const { recovery_codes: codes } = await expectStatus(confirmed, 200);
  return { token, enrolment, app, codes: codes as string[] };
}

const fromElsewhere = (n: number) => `198.51.100.${n + 1}`;

describe('enrolling', () => {
  it('needs the password, and answers a secret, a link and an image of it', async () => {
    const token = await signedIn('member', 'curious');
    await expectStatus(await call('POST', '/api/v1/auth/totp', { token, body: { password: 'wrong' } }), 400);
    const { enrolment } = await enrolled('careful');
    expect(enrolment.uri).toMatch(/^otpauth:\/\/totp\/Edgewatch:careful\?/);
    expect(enrolment.qr).toMatch(/^<svg /);
    const stored = await env.DB.prepare("SELECT totp_secret FROM users WHERE username = 'careful'").first(
      'totp_secret',
    );
    expect(stored).not.toContain(enrolment.secret);
  });

  it('is in force only once a code was shown', async () => {
    const token = await signedIn('member', 'hesitant');
    await expectStatus(await call('POST', '/api/v1/auth/totp', { token, body: { password: PASSWORD } }), 200);
    await expectStatus(await signIn({ username: 'hesitant' }), 200);
    await expectStatus(await call('POST', '/api/v1/auth/totp/confirm', { token, body: { otp: '000000' } }), 400);
    await expectStatus(await signIn({ username: 'hesitant' }), 200);
  });

  it('ends the sessions that were started with the password alone', async () => {
    const { id } = await person({ username: 'twice', role: 'member' });
    const tokenOf = async () =>
      accessToken({ sub: String(id), username: 'twice', role: 'member', sid: await sessionOf(id) });
    const [here, elsewhere] = [await tokenOf(), await tokenOf()];
    const enrolment = await call('POST', '/api/v1/auth/totp', { token: here, body: { password: PASSWORD } });
    const otp = new TOTP({ secret: (await expectStatus(enrolment, 200)).secret }).generate();
    await expectStatus(await call('POST', '/api/v1/auth/totp/confirm', { token: here, body: { otp } }), 200);
    await expectStatus(await call('GET', '/api/v1/auth/me', { token: elsewhere }), 401);
    await expectStatus(await call('GET', '/api/v1/auth/me', { token: here }), 200);
  });
});

describe('signing in with 2FA', () => {
  it('asks for the code after the password, and refuses a wrong one', async () => {
    const { app } = await enrolled('guarded');
    const asked = await expectStatus(await signIn({ username: 'guarded' }), 401);
    expect(asked.type).toBe('/problems#otp_required');
    await expectStatus(await signIn({ username: 'guarded', password: 'wrong', otp: app.generate() }), 401);
    const refused = await expectStatus(await signIn({ username: 'guarded', otp: '000000' }), 401);
    expect(refused.type).toBe('/problems#unauthenticated');
    await expectStatus(await signIn({ username: 'guarded', otp: app.generate() }), 200);
  });

  it('accepts each code once, of a hundred who send it at once', async () => {
    const { app } = await enrolled('raced');
    const otp = app.generate();
    const attempts = Array.from({ length: 100 }, (_, n) => signIn({ username: 'raced', otp, ip: fromElsewhere(n) }));
    expect(tally(await Promise.all(attempts))[200]).toBe(1);
    await env.DB.prepare('DELETE FROM guesses').run();
    await expectStatus(await signIn({ username: 'raced', otp }), 401);
  });

  it('accepts a recovery code once, however it is typed, and stores none', async () => {
    const { codes } = await enrolled('stranded');
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    const attempts = Array.from({ length: 20 }, (_, n) =>
      signIn({ username: 'stranded', otp: first.toLowerCase().replaceAll('-', ' '), ip: fromElsewhere(n) }),
    );
    expect(tally(await Promise.all(attempts))[200]).toBe(1);
    await expectStatus(await signIn({ username: 'stranded', otp: second }), 200);
    const { results } = await env.DB.prepare('SELECT * FROM recovery_codes').all();
    for (const code of codes) expect(JSON.stringify(results)).not.toContain(code);
  });
});

describe('changing 2FA', () => {
  it('needs the password and a code, to renew recovery codes and to turn it off', async () => {
    const { token, app, codes } = await enrolled('changing');
    const renew = (body: object) => call('POST', '/api/v1/auth/totp/recovery-codes', { token, body });
    await expectStatus(await renew({ password: PASSWORD }), 400);
    await expectStatus(await renew({ password: 'wrong', otp: codes[0] }), 400);
    const { recovery_codes: renewed } = await expectStatus(await renew({ password: PASSWORD, otp: codes[0] }), 200);
    await expectStatus(await signIn({ username: 'changing', otp: codes[1] ?? '' }), 401);

    const disable = (otp: string) =>
      call('POST', '/api/v1/auth/totp/disable', { token, body: { password: PASSWORD, otp } });
    await expectStatus(await disable('000000'), 400);
    await expectStatus(await disable(app.generate()), 204);
    await expectStatus(await disable(renewed[0]), 409);
    await expectStatus(await signIn({ username: 'changing' }), 200);
  });

  it('allows a password of eight characters beside it, and not without', async () => {
    const { token } = await enrolled('short');
    const change = (of: string) =>
      call('POST', '/api/v1/auth/password', {
        token: of,
        body: { current_password: PASSWORD, new_password: 'tr0ub4d&' },
      });
    await expectStatus(await change(token), 204);
    const bare = await signedIn('member', 'bare');
    const { errors } = await expectStatus(await change(bare), 400);
    expect(errors[0].pointer).toBe('#/new_password');
  });
});

describe('a policy that asks admins for 2FA', () => {
  it('leaves an admin without it only their own account', async () => {
    const token = await signedIn('admin', 'chief');
    const bindings = { ADMIN_TOTP_REQUIRED: 'true' } as Partial<Env>;
    const refused = await expectStatus(await callWith('GET', '/api/v1/users', { token, bindings }), 403);
    expect(refused.type).toBe('/problems#totp_enrolment_required');
    await expectStatus(await callWith('GET', '/api/v1/events', { token, bindings }), 403);
    await expectStatus(await callWith('GET', '/api/v1/auth/me', { token, bindings }), 200);
    const enrol = { token, bindings, body: { password: PASSWORD } };
    const { secret } = await expectStatus(await callWith('POST', '/api/v1/auth/totp', enrol), 200);
    const confirm = { token, bindings, body: { otp: new TOTP({ secret }).generate() } };
    await expectStatus(await callWith('POST', '/api/v1/auth/totp/confirm', confirm), 200);
    await expectStatus(await callWith('GET', '/api/v1/users', { token, bindings }), 200);
  });
});
