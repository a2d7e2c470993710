import type { JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectStatus } from '../support/client.ts';
import { CLIENT, codeGrants, returnOf } from '../support/code-grant.ts';
import { auditOf } from '../support/events.ts';
import { newKey, OIDC, tokenOf } from '../support/key-set.ts';
import { person, signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

const ISSUER = 'https://issuer.example';
const BINDINGS = { ...OIDC, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret } as unknown as Partial<Env>;

const grants = codeGrants();
let key: Awaited<ReturnType<typeof newKey>>;
/** What the issuer's token endpoint does instead of its work. */
let trouble: (() => Promise<Response> | Response) | undefined;

beforeAll(async () => {
  key = await newKey('first');
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = new Request(input, init);
    return request.url.startsWith(ISSUER) ? answerOfIssuer(request) : fetch(request);
  });
});
afterEach(() => {
  trouble = undefined;
  vi.useRealTimers();
});
afterAll(() => vi.restoreAllMocks());

async function answerOfIssuer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === '/jwks') return Response.json({ keys: [key.jwk] });
  if (pathname !== '/token') {
    const authorization_endpoint = `${ISSUER}/authorize?tenant=7`;
    return Response.json({ issuer: ISSUER, authorization_endpoint, token_endpoint: `${ISSUER}/token` });
  }
  if (trouble) return trouble();
  const authorization = request.headers.get('Authorization') ?? '';
  const claims = grants.redeem({ authorization, form: new URLSearchParams(await request.text()) });
  if (!claims) return Response.json({ error: 'invalid_grant' }, { status: 400 });
  return Response.json({ id_token: await tokenOf(key, claims), token_type: 'Bearer' });
}

const get = (path: string, options: { headers?: Record<string, string>; bindings?: Partial<Env> } = {}) =>
  callWith('GET', path, { bindings: BINDINGS, ...options });

const cookieOf = (response: Response, name: string) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith(`__Host-${name}=`)) ?? '';

/** Begins a sign-in: where the browser is sent, and the cookie that it keeps. */
async function begin(from = '/') {
  const response = await get(`/api/v1/auth/sso?${new URLSearchParams({ from })}`);
  expect(response.status).toBe(302);
  const cookie = cookieOf(response, 'sso');
  return { asked: new URL(response.headers.get('Location') ?? ''), cookie, Cookie: cookie.split(';')[0] ?? '' };
}

/** Comes back from the issuer: where the console is opened, and the refresh cookie if there is a session. */
async function comeBack(to: URL, Cookie = '') {
  const response = await get(to.pathname + to.search, { headers: { Cookie } });
  expect(response.status).toBe(303);
  const location = new URL(response.headers.get('Location') ?? '', 'https://edge.example');
  expect(location.origin + location.pathname).toBe('https://edge.example/sign-in');
  const cookie = cookieOf(response, 'refresh');
  return { sso: location.searchParams.get('sso'), from: location.searchParams.get('from'), cookie, location };
}

async function signInAs(claims: JWTPayload) {
  const { asked, Cookie } = await begin();
  return comeBack(grants.agree(asked, claims), Cookie);
}

/** The person of a session, by its cookie. */
async function personOf(cookie: string) {
  const headers = { Cookie: cookie.split(';')[0] ?? '', Origin: 'https://edge.example' };
  const renewal = await callWith('POST', '/api/v1/token/refresh', { headers, body: {}, bindings: BINDINGS });
  const { access: token } = await expectStatus(renewal, 200);
  return expectStatus(await callWith('GET', '/api/v1/auth/me', { token, bindings: BINDINGS }), 200);
}

describe('signing in at the issuer', () => {
  it('asks for a code with PKCE, state and nonce, and keeps a short-lived cookie that no script reads', async () => {
    const { asked, cookie } = await begin();
    expect(asked.origin + asked.pathname).toBe(`${ISSUER}/authorize`);
    const query = Object.fromEntries(asked.searchParams);
    expect(query).toMatchObject({
      ...{ tenant: '7', response_type: 'code', client_id: CLIENT.id, code_challenge_method: 'S256' },
      ...{ scope: 'openid profile email', redirect_uri: 'https://edge.example/api/v1/auth/sso/callback' },
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{43}$/);
    expect(new Set([query.state, query.nonce, query.code_challenge]).size).toBe(3);
    expect(cookie).toMatch(/Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    for (const name of ['state', 'nonce']) expect(cookie).not.toContain(query[name]);
    const { asked: again } = await begin();
    expect(again.searchParams.get('state')).not.toBe(query.state);
  });

  it('starts a session of the account that the issuer vouches for, and leads on to where the person was going', async () => {
    const { asked, Cookie } = await begin('/alerts?status=open&x=a%20b');
    const outcome = await comeBack(grants.agree(asked, { email: 'new@example.com' }), Cookie);
    expect(outcome).toMatchObject({ sso: 'done', from: '/alerts?status=open&x=a%20b' });
    expect(outcome.location.href).not.toMatch(/eyJ|code=|token/);
    expect(outcome.cookie).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    const self = await personOf(outcome.cookie);
    expect(self).toMatchObject({ username: 'new@example.com', role: 'analyst', external: true });
    const actions = (await auditOf('user:new@example.com')).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['user.provision', 'session.create']));
  });

  it('brings the role up to what the issuer says now', async () => {
    await signInAs({ email: 'risen@example.com' });
    // Of two tokens the later one counts, to the second.
    const iat = Math.floor(Date.now() / 1000) + 1;
    const { cookie } = await signInAs({ email: 'risen@example.com', groups: ['root'], iat });
    expect(await personOf(cookie)).toMatchObject({ role: 'admin' });
  });

  it('asks an admin of the issuer for no second factor of ours, which they could not enrol', async () => {
    const { cookie } = await signInAs({ email: 'chief@example.com', groups: ['root'] });
    const headers = { Cookie: cookie.split(';')[0] ?? '', Origin: 'https://edge.example' };
    const bindings = { ...BINDINGS, ADMIN_TOTP_REQUIRED: 'true' } as unknown as Partial<Env>;
    const renewal = await callWith('POST', '/api/v1/token/refresh', { headers, body: {}, bindings });
    const { access: token } = await expectStatus(renewal, 200);
    await expectStatus(await callWith('GET', '/api/v1/users', { token, bindings }), 200);
  });

  it.each([
    ['no issuer', { OIDC_ISSUER: '' }],
    ['no client', { OIDC_CLIENT_ID: '' }],
    ['no secret', { OIDC_CLIENT_SECRET: undefined }],
  ])('is off with %s, and says so', async (_, off) => {
    const bindings = { ...BINDINGS, ...off } as unknown as Partial<Env>;
    expect(await expectStatus(await get('/api/v1/auth/options', { bindings }), 200)).toEqual({ sso: false });
    for (const path of ['/auth/sso', '/auth/sso/callback?code=a&state=b']) {
      await expectStatus(await get(`/api/v1${path}`, { bindings }), 404);
    }
  });

  it('is on with all of them', async () => {
    expect(await expectStatus(await get('/api/v1/auth/options'), 200)).toEqual({ sso: true });
  });
});

describe('nobody is signed in', () => {
  const refused = (outcome: Awaited<ReturnType<typeof comeBack>>, sso: string) => {
    expect({ sso: outcome.sso, cookie: outcome.cookie }).toEqual({ sso, cookie: '' });
  };

  it('by a return that this browser did not begin', async () => {
    const { asked, Cookie } = await begin();
    const back = () => grants.agree(asked);
    refused(await comeBack(back()), 'expired');
    refused(await comeBack(back(), (await begin()).Cookie), 'expired');
    refused(await comeBack(back(), '__Host-sso='), 'expired');
    refused(await comeBack(back(), Cookie.replace('__Host-', '')), 'expired');
    refused(await comeBack(back(), `${Cookie}x`), 'expired');
  });

  it('by another state, or by none', async () => {
    const { asked, Cookie } = await begin();
    for (const state of ['', 'x', (await begin()).asked.searchParams.get('state') ?? '']) {
      const back = grants.agree(asked);
      back.searchParams.set('state', state);
      refused(await comeBack(back, Cookie), 'expired');
    }
    const back = grants.agree(asked);
    back.searchParams.delete('state');
    refused(await comeBack(back, Cookie), 'expired');
  });

  it('after ten minutes, and by a cookie whose time was put forward', async () => {
    const { asked, Cookie } = await begin();
    vi.setSystemTime(vi.getRealSystemTime() + 601_000);
    refused(await comeBack(grants.agree(asked), Cookie), 'expired');
    refused(await comeBack(grants.agree(asked), Cookie.replace(/=\d+/, `=${Date.now()}`)), 'expired');
  });

  it('by a code that was used', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { asked, Cookie } = await begin();
    const back = grants.agree(asked, { email: 'once@example.com' });
    expect((await comeBack(back, Cookie)).sso).toBe('done');
    refused(await comeBack(back, Cookie), 'failed');
  });

  it('by a code of a sign-in that another browser began', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const [victim, attacker] = [await begin(), await begin()];
    const stolen = grants.agree(attacker.asked, { email: 'attacker@example.com' });
    stolen.searchParams.set('state', victim.asked.searchParams.get('state') ?? '');
    refused(await comeBack(stolen, victim.Cookie), 'failed');
  });

  it('where the issuer says no', async () => {
    const { asked, Cookie } = await begin('/events');
    const outcome = await comeBack(returnOf(asked, { error: 'access_denied', error_description: '<b>no</b>' }), Cookie);
    refused(outcome, 'refused');
    expect(outcome.from).toBe('/events');
    expect(outcome.location.href).not.toContain('denied');
  });

  it.each<[string, JWTPayload]>([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'edgewatch' }],
    ['no audience', { aud: undefined }],
    ['another party', { aud: [CLIENT.id, 'other'], azp: 'other' }],
    ['another issuer', { iss: 'https://other.example' }],
    ['its time over', { exp: 1 }],
    ['no end', { exp: undefined }],
  ])('by an ID token with %s', async (_, claims) => {
    refused(await signInAs({ email: 'nobody@example.com', groups: ['root'], ...claims }), 'failed');
  });

  it('by an ID token that somebody else signed', async () => {
    const stranger = await newKey('first');
    const { asked, Cookie } = await begin();
    const nonce = asked.searchParams.get('nonce') ?? '';
    trouble = async () => Response.json({ id_token: await tokenOf(stranger, { aud: CLIENT.id, nonce }) });
    refused(await comeBack(grants.agree(asked), Cookie), 'failed');
  });

  it.each<[string, () => Response]>([
    ['answers an error', () => Response.json({ error: 'server_error' }, { status: 500 })],
    ['leads elsewhere', () => Response.redirect('https://evil.example/token', 302)],
    ['answers a page', () => new Response('<html>')],
    ['answers without an ID token', () => Response.json({ access_token: 'x' })],
    ['answers an ID token that is none', () => Response.json({ id_token: 'x' })],
    [
      'cannot be reached',
      () => {
        throw new TypeError('Network connection lost.');
      },
    ],
  ])('where the issuer %s', async (_, how) => {
    vi.spyOn(console, 'error').mockReturnValue();
    trouble = how;
    refused(await signInAs({}), 'failed');
  });

  it.each<[string, JWTPayload]>([
    ['whose groups map to no role', { email: 'visitor@example.com', groups: ['visitors'] }],
    ['whose address is not verified', { email: 'unsure@example.com', email_verified: false }],
    ['without a name', { email: undefined }],
  ])('who has no account here: somebody %s', async (_, claims) => refused(await signInAs(claims), 'no_account'));

  it('as a local account of the same name, or as one that is disabled', async () => {
    await person({ username: 'local@example.com', role: 'member' });
    refused(await signInAs({ email: 'local@example.com', groups: ['root'] }), 'no_account');
    const { id } = await personOf((await signInAs({ email: 'left@example.com' })).cookie);
    const token = await signedIn('admin');
    await expectStatus(
      await callWith('PATCH', `/api/v1/users/${id}`, { token, body: { disabled: true }, bindings: BINDINGS }),
      200,
    );
    refused(await signInAs({ email: 'left@example.com' }), 'no_account');
  });
});

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'alerts', '/\tevil', 'javascript:alert(1)'])(
  'leads to no other site afterwards: %s',
  async (from) => {
    await expectStatus(await get(`/api/v1/auth/sso?${new URLSearchParams({ from })}`), 400);
  },
);
