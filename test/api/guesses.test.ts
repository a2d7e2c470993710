import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { person, signedIn } from '../support/people.ts';
import { signIn, tally } from '../support/sign-in.ts';
import { runCron } from '../support/worker.ts';

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM guesses').run();
});

const addresses = (count: number) => Array.from({ length: count }, (_, n) => `198.51.100.${n + 1}`);
const wrong = (username: string, ip: string) => signIn({ username, password: 'not the password', ip });

describe('guessing a password', () => {
  it('reaches the hash five times of a hundred at once, and is then refused with Retry-After', async () => {
    await person({ username: 'target', role: 'member' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => wrong('target', '203.0.113.9')));
    expect(tally(answers)).toEqual({ 401: 5, 429: 95 });
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('does not lock the owner out, who is elsewhere', async () => {
    await person({ username: 'owner', role: 'member' });
    await Promise.all(Array.from({ length: 100 }, () => wrong('owner', '203.0.113.9')));
    await expectStatus(await signIn({ username: 'owner', ip: '203.0.113.10' }), 200);
  });

  it('stops from many addresses, too, while the owner comes in from where they signed in before', async () => {
    await person({ username: 'popular', role: 'member' });
    await expectStatus(await signIn({ username: 'popular', ip: '203.0.113.20' }), 200);
    const answers: Response[] = [];
    for (const ip of addresses(60)) answers.push(await wrong('popular', ip));
    expect(tally(answers)).toEqual({ 401: 50, 429: 10 });
    await expectStatus(await signIn({ username: 'popular', ip: '203.0.113.21' }), 429);
    await expectStatus(await signIn({ username: 'popular', ip: '203.0.113.20' }), 200);
  });

  it('of many accounts stops by address', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => wrong(`nobody-${n}`, '203.0.113.30')));
    expect(tally(answers)).toEqual({ 401: 30, 429: 10 });
  });

  it('costs nothing when it was right', async () => {
    await person({ username: 'typist', role: 'member' });
    for (let n = 0; n < 12; n++) await expectStatus(await signIn({ username: 'typist' }), 200);
  });

  it('cannot be hidden behind a forged forwarding header', async () => {
    await person({ username: 'hidden', role: 'member' });
    const guess = (n: number) =>
      call('POST', '/api/v1/token', {
        body: { username: 'hidden', password: 'not the password' },
        headers: {
          'CF-Connecting-IP': '203.0.113.40',
          'X-Forwarded-For': `192.0.2.${n}`,
          Forwarded: `for=192.0.2.${n}`,
        },
      });
    expect(tally(await Promise.all(Array.from({ length: 10 }, (_, n) => guess(n))))).toEqual({ 401: 5, 429: 5 });
  });

  it('counts where a signed-in person is asked for the password again', async () => {
    const token = await signedIn('member', 'stolen');
    const body = { current_password: 'not the password', new_password: 'a good new passphrase' };
    const change = () => call('POST', '/api/v1/auth/password', { token, body });
    expect(tally(await Promise.all(Array.from({ length: 8 }, change)))).toEqual({ 400: 5, 429: 3 });
  });

  it('is forgotten by the cron when its quarter of an hour is over, and not before', async () => {
    await wrong('nobody', '203.0.113.50');
    await runCron();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM guesses').first('n')).toBe(3);
    await env.DB.prepare('UPDATE guesses SET expires_at = 1').run();
    await runCron();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM guesses').first('n')).toBe(0);
  });
});

it('answers an unknown name as a known one, after as much work', async () => {
  await person({ username: 'known', role: 'member' });
  const timed = async (username: string, ip: string) => {
    const started = performance.now();
    const { request_id: _, ...problem } = await expectStatus(await wrong(username, ip), 401);
    return { problem, took: performance.now() - started };
  };
  const known = await timed('known', '203.0.113.60');
  const unknown = await timed('unknown', '203.0.113.61');
  expect(unknown.problem).toEqual(known.problem);
  expect(unknown.took).toBeGreaterThan(known.took / 3);
});
