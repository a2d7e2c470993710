import { env } from 'cloudflare:workers';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../src/identity/password.ts';
import { addresses, sessionsFrom } from '../support/addresses.ts';
import { call, expectStatus } from '../support/client.ts';
import { auditOf } from '../support/events.ts';
import { accessToken, PASSWORD, person, sessionOf } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { runCron } from '../support/worker.ts';

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});
afterEach(() => void vi.useRealTimers());

const ATTACKER = '203.0.113.9';
const HOME = '203.0.113.10';

const guess = (username: string, ip = ATTACKER) => signIn({ username, password: 'not the password', ip });
const guesses = (count: number, username: string, ip = ATTACKER) =>
  Promise.all(Array.from({ length: count }, () => guess(username, ip)));

/** What was refused after a hash: each leaves an audit row. */
const hashed = async (username: string) =>
  (await auditOf(`user:${username}`)).filter(({ action }) => action === 'session.refuse').length;

describe('a hundred guesses at once from one address', () => {
  it('reach the hash five times, while the owner signs in from elsewhere', async () => {
    await person({ username: 'target', role: 'member', passwordHash: await hashPassword(PASSWORD) });
    const [answers, owner] = await Promise.all([guesses(100, 'target'), signIn({ username: 'target', ip: HOME })]);
    expect(tally(answers)).toEqual({ 401: 5, 429: 95 });
    expect(await hashed('target')).toBe(5);
    expect(owner.status).toBe(200);
  });

  it('are told when to come back, and not whether one of them was right', async () => {
    await person({ username: 'silent', role: 'member' });
    await guesses(5, 'silent');
    const [wrong, right] = [await guess('silent'), await signIn({ username: 'silent', ip: ATTACKER })];
    for (const { headers } of [wrong, right]) {
      expect(headers.get('Retry-After')).toMatch(/^\d+$/);
      expect(Number(headers.get('Retry-After'))).toBeLessThanOrEqual(900);
    }
    const [{ request_id: _, ...first }, { request_id: __, ...second }] = [
      await expectStatus(wrong, 429),
      await expectStatus(right, 429),
    ];
    expect(second).toEqual(first);
  });

  it('count as one name, however it is spelled', async () => {
    await person({ username: 'spelled', role: 'member' });
    const names = ['spelled', 'SPELLED', ' Spelled ', 'sPELLED', 'spelled\n', 'SpElLeD', 'spelleD'];
    expect(tally(await Promise.all(names.map((name) => guess(name))))).toEqual({ 401: 5, 429: 2 });
  });

  it('stop as well for a name that nobody has, so that a 429 tells nothing', async () => {
    expect(tally(await guesses(10, 'nobody'))).toEqual({ 401: 5, 429: 5 });
  });

  it('may begin again after a quarter of an hour, and not earlier', async () => {
    await person({ username: 'patient', role: 'member' });
    const start = Date.now();
    vi.setSystemTime(start);
    await guesses(6, 'patient');
    vi.setSystemTime(start + 15 * 60_000 - 1_000);
    await expectStatus(await guess('patient'), 429);
    vi.setSystemTime(start + 15 * 60_000);
    expect(tally(await guesses(6, 'patient'))).toEqual({ 401: 5, 429: 1 });
  });
});

describe('guesses from sixty addresses', () => {
  it('stop at fifty, and the owner comes in from an address of an earlier session', async () => {
    const { id } = await person({ username: 'popular', role: 'member' });
    await sessionsFrom([HOME], id);
    const answers = await Promise.all(addresses(60).map((ip) => guess('popular', ip)));
    expect(tally(answers)).toEqual({ 401: 50, 429: 10 });
    expect(await hashed('popular')).toBe(50);
    await expectStatus(await signIn({ username: 'popular', ip: '203.0.113.99' }), 429);
    await expectStatus(await signIn({ username: 'popular', ip: HOME }), 200);
  });

  it('do not go on from an address of an earlier session beyond its own five', async () => {
    const { id } = await person({ username: 'neighbour', role: 'member' });
    await sessionsFrom([HOME], id);
    await Promise.all(addresses(60).map((ip) => guess('neighbour', ip)));
    expect(tally(await guesses(20, 'neighbour', HOME))).toEqual({ 401: 5, 429: 15 });
  });

  it('of one IPv6 subscriber are guesses of one address', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `sprayed-${n}`);
    await Promise.all(names.map((username) => person({ username, role: 'member' })));
    const answers = await Promise.all(names.map((name, n) => guess(name, `2001:db8:1:2::${(n + 1).toString(16)}`)));
    expect(tally(answers)).toEqual({ 401: 30, 429: 10 });
  });

  it('leave an owner in peace whose IPv6 address is another of the same network today', async () => {
    const { id } = await person({ username: 'moving', role: 'member' });
    await sessionsFrom(['2001:db8:7:7:aaaa::1'], id);
    await Promise.all(addresses(60).map((ip) => guess('moving', ip)));
    await expectStatus(await signIn({ username: 'moving', ip: '2001:db8:7:7:bbbb::2' }), 200);
  });
});

it('gives a guess back that was right', async () => {
  await person({ username: 'typist', role: 'member' });
  for (let round = 0; round < 4; round++) {
    await expectStatus(await guess('typist'), 401);
    for (let n = 0; n < 5; n++) await expectStatus(await signIn({ username: 'typist', ip: ATTACKER }), 200);
  }
  expect(tally(await guesses(3, 'typist'))).toEqual({ 401: 1, 429: 2 });
});

it('answers an unknown name as a known one, after as much work', async () => {
  await person({ username: 'known', role: 'member', passwordHash: await hashPassword(PASSWORD) });
  const problems: unknown[] = [];
  const timed = async (username: string, ip: string) => {
    const started = performance.now();
    const response = await guess(username, ip);
    const took = performance.now() - started;
    const { request_id: _, ...problem } = await expectStatus(response, 401);
    problems.push({ ...problem, challenge: response.headers.get('WWW-Authenticate') });
    return took;
  };
  const took: Record<string, number[]> = { known: [], unknown: [] };
  for (const ip of addresses(5)) for (const name of ['known', 'unknown']) took[name]?.push(await timed(name, ip));
  const [known, unknown] = [took.known, took.unknown].map((times) => times?.sort((a, b) => a - b)[2] ?? 0);
  expect(problems).toEqual(Array(10).fill(problems[0]));
  expect(unknown).toBeGreaterThan(Number(known) / 3);
  expect(known).toBeGreaterThan(Number(unknown) / 3);
});

describe('a thief of an access token', () => {
  const ROUTES: [string, object][] = [
    ['/auth/password', { current_password: 'not the password', new_password: 'a good new passphrase' }],
    ['/auth/totp', { password: 'not the password' }],
    ['/auth/totp/disable', { password: 'not the password', otp: '000000' }],
    ['/auth/totp/recovery-codes', { password: 'not the password', otp: '000000' }],
  ];

  const headers = { 'CF-Connecting-IP': ATTACKER };

  it.each(ROUTES)('has five guesses at %s, which sign-in counts, too', async (path, body) => {
    const username = path.replaceAll('/', '-').slice(1);
    const { id } = await person({ username, role: 'member' });
    const token = await accessToken({ sub: String(id), username, role: 'member', sid: await sessionOf(id) });
    const answers = Array.from({ length: 20 }, () => call('POST', `/api/v1${path}`, { token, body, headers }));
    expect(tally(await Promise.all(answers))).toEqual({ 400: 5, 429: 15 });
    await expectStatus(await signIn({ username, ip: ATTACKER }), 429);
  });

  it('has five guesses at the code that confirms an enrolment', async () => {
    const { id } = await person({ username: 'confirming', role: 'member' });
    const claims = { sub: String(id), username: 'confirming', role: 'member', sid: await sessionOf(id) };
    const token = await accessToken(claims);
    const post = (path: string, body: object) => call('POST', `/api/v1/auth${path}`, { token, body, headers });
    const { secret } = await expectStatus(await post('/totp', { password: PASSWORD }), 200);
    const used = new TOTP({ secret }).generate({ timestamp: 0 });
    const answers = Array.from({ length: 20 }, () => post('/totp/confirm', { otp: used }));
    expect(tally(await Promise.all(answers))).toEqual({ 400: 5, 429: 15 });
  });
});

it('forgets counts whose quarter of an hour is over, and keeps the others', async () => {
  await guess('nobody', '203.0.113.50');
  await env.DB.prepare("UPDATE guesses SET expires_at = 1 WHERE key LIKE 'pair:%'").run();
  await runCron();
  const { results } = await env.DB.prepare('SELECT key FROM guesses ORDER BY key').all();
  expect(results.map(({ key }) => key)).toEqual(['account:nobody', 'address:203.0.113.50']);
});
