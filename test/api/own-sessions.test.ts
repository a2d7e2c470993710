import { describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { person, signedIn } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';

const ORIGIN = 'https://edge.example';
const me = (token: string) => call('GET', '/api/v1/auth/me', { token });
const list = async (token: string) =>
  (await expectStatus(await call('GET', '/api/v1/auth/sessions', { token }), 200)).data;

describe('my sessions', () => {
  it('are listed, and can be ended one by one, mine only', async () => {
    await person({ username: 'mine', role: 'member' });
    const first = await expectStatus(await signIn({ username: 'mine' }), 200);
    const second = await expectStatus(await signIn({ username: 'mine', ip: '203.0.113.2' }), 200);
    const sessions = await list(second.access);
    expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    expect(sessions.map(({ ip }: { ip: string }) => ip)).toEqual(['203.0.113.2', '203.0.113.1']);
    const stranger = await signedIn('member', 'stranger');
    const end = (token: string) => call('DELETE', `/api/v1/auth/sessions/${sessions[1].id}`, { token });
    await expectStatus(await end(stranger), 404);
    await expectStatus(await me(first.access), 200);
    await expectStatus(await end(second.access), 204);
    await expectStatus(await me(first.access), 401);
    await expectStatus(await me(second.access), 200);
  });

  it('end by signing out, one or all, and their refresh tokens with them', async () => {
    await person({ username: 'out', role: 'member' });
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(async () => expectStatus(await signIn({ username: 'out' }), 200)),
    );
    await expectStatus(await call('POST', '/api/v1/auth/logout', { token: one.access }), 204);
    await expectStatus(await me(one.access), 401);
    await expectStatus(await call('POST', '/api/v1/token/refresh', { body: { refresh: one.refresh } }), 401);
    await expectStatus(await me(two.access), 200);
    await expectStatus(await call('DELETE', '/api/v1/auth/sessions', { token: two.access }), 204);
    await expectStatus(await me(two.access), 401);
    await expectStatus(await me(three.access), 401);
  });
});

describe('browser mode', () => {
  async function cookie(username: string): Promise<string> {
    await person({ username, role: 'member' });
    const response = await signIn({ username, browser: true });
    const set = response.headers.get('Set-Cookie') ?? '';
    expect((await expectStatus(response, 200)).refresh).toBeNull();
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(set).toContain(attribute);
    expect(set).not.toContain('Domain');
    expect(set).toMatch(/^__Host-refresh=/);
    return set.slice(0, set.indexOf(';'));
  }

  const refresh = (headers: Record<string, string>) => call('POST', '/api/v1/token/refresh', { body: {}, headers });

  it('keeps the refresh token in a cookie that only this host gets, and renews it', async () => {
    const sent = await cookie('browsing');
    const response = await refresh({ Cookie: sent, Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' });
    const renewed = response.headers.get('Set-Cookie') ?? '';
    const { access, refresh: inBody } = await expectStatus(response, 200);
    expect(inBody).toBeNull();
    expect(renewed).toMatch(/^__Host-refresh=/);
    expect(renewed.startsWith(`${sent};`)).toBe(false);
    await expectStatus(await me(access), 200);
    const out = await call('POST', '/api/v1/auth/logout', { token: access });
    expect(out.headers.get('Set-Cookie')).toMatch(/^__Host-refresh=;.*Max-Age=0/);
  });

  it('renews for an origin that the configuration allows', async () => {
    const headers = { Origin: 'https://console.example', 'Sec-Fetch-Site': 'same-site' };
    await expectStatus(await refresh({ Cookie: await cookie('allowed'), ...headers }), 200);
  });

  it.each<[string, Record<string, string>]>([
    ['without an Origin', {}],
    ['from a foreign origin', { Origin: 'https://evil.example' }],
    ['from an opaque origin', { Origin: 'null' }],
    ['when the browser says cross-site', { Origin: ORIGIN, 'Sec-Fetch-Site': 'cross-site' }],
    ['when the browser says same-site only', { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-site' }],
  ])('does not renew %s, and keeps the session', async (name, headers) => {
    const sent = await cookie(name.replaceAll(/[^a-z]/g, ''));
    await expectStatus(await refresh({ Cookie: sent, ...headers }), 403);
    await expectStatus(await refresh({ Cookie: sent, Origin: ORIGIN }), 200);
  });
});
