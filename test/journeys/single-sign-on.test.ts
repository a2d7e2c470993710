import { rm } from 'node:fs/promises';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startIssuer } from '../support/issuer.ts';
import { type Product, startProduct } from '../support/product.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let product: Product;
beforeAll(async () => {
  issuer = await startIssuer();
  product = await startProduct({
    args: ['--no-demo'],
    env: {
      OIDC_ISSUER: issuer.url,
      OIDC_JWKS_URL: `${issuer.url}/jwks`,
      OIDC_AUDIENCE: 'edgewatch',
      OIDC_ROLES: 'soc:analyst,root:admin',
      LIMIT_ADDRESS_REQUESTS: '1000',
    },
  });
});
afterAll(async () => {
  await product.stop();
  await issuer.stop();
  await rm(product.state, { recursive: true });
});

const get = (path: string, headers: Record<string, string>) => fetch(`${product.url}/api/v1${path}`, { headers });
const me = (token: string) => get('/auth/me', { Authorization: `Bearer ${token}` });

it('lets in whom the issuer vouches for, with the role that its groups map to', async () => {
  const response = await me(await issuer.token());
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ username: 'sso@example.com', role: 'analyst' });
  const asAccess = await get('/auth/me', { 'Cf-Access-Jwt-Assertion': await issuer.token() });
  expect(asAccess.status).toBe(200);
  // A browser sends it along with what any page asks for, so it counts from our own pages only.
  const foreign = { 'Cf-Access-Jwt-Assertion': await issuer.token(), Origin: 'https://evil.example' };
  expect((await get('/auth/me', foreign)).status).toBe(401);
});

it('follows a change of groups', async () => {
  const token = await issuer.token({ groups: ['soc', 'root'] });
  expect(await (await me(token)).json()).toMatchObject({ role: 'admin' });
  expect((await get('/users', { Authorization: `Bearer ${token}` })).status).toBe(200);
  const back = await issuer.token();
  expect((await get('/users', { Authorization: `Bearer ${back}` })).status).toBe(403);
});

it('refuses what is not quite a token of the issuer', async () => {
  const secret = new TextEncoder().encode('a shared secret that is long enough for HS256');
  const claims = { iss: issuer.url, aud: 'edgewatch', email: 'sso@example.com', groups: ['root'], exp: 9e9 };
  const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(secret);
  const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', '');
  const refused = [
    await issuer.token({ aud: 'elsewhere' }),
    await issuer.token({ iss: 'https://issuer.example' }),
    await issuer.token({ exp: 1 }),
    await issuer.token({ groups: ['visitors'] }),
    await issuer.token({ groups: undefined }),
    await issuer.token({ email: undefined }),
    await issuer.foreignToken(),
    symmetric,
    none,
  ];
  for (const token of refused) expect((await me(token)).status).toBe(401);
});

it('gives nobody the name of a local account', async () => {
  const response = await me(await issuer.token({ email: product.admin.username, groups: ['root'] }));
  expect(response.status).toBe(401);
});

it('fetches the keys once for many requests, and again when they were rotated', async () => {
  const before = issuer.fetches();
  const token = await issuer.token();
  const answers = await Promise.all(Array.from({ length: 20 }, () => me(token)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(issuer.fetches()).toBe(before);
  await issuer.rotate();
  // jose asks again for a key that it does not know, at most every half minute.
  await expect
    .poll(async () => (await me(await issuer.token())).status, { timeout: 40_000, interval: 2_000 })
    .toBe(200);
  expect((await me(token)).status).toBe(401);
});
