import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { codeGrants, returnOf } from './code-grant.ts';

type Key = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };

/**
 * A real OIDC issuer on this machine, over HTTP: a key set, tokens signed with its keys, and sign-in with a page that asks
 * whether one agrees.
 */
export async function startIssuer() {
  let keys: Key[] = [await newKey('first')];
  let fetches = 0;
  let claims: JWTPayload = {};
  const grants = codeGrants();

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    '/.well-known/openid-configuration': (_, response) => {
      const [authorization_endpoint, token_endpoint] = [`${url}/authorize`, `${url}/token`];
      answer(response, { issuer: url, authorization_endpoint, token_endpoint });
    },
    '/authorize': ({ url: asked = '' }, response) => {
      const wish = new URL(asked, url);
      const [yes, no] = [grants.agree(wish, claims), returnOf(wish, { error: 'access_denied' })];
      response.setHeader('Content-Type', 'text/html');
      const link = (to: URL, label: string) => `<a href="${to.href.replaceAll('&', '&amp;')}">${label}</a>`;
      response.end(`<!doctype html><title>Issuer</title>${link(yes, 'Agree')} ${link(no, 'Decline')}`);
    },
    '/token': async (request, response) => {
      const form = new URLSearchParams(await text(request));
      const granted = grants.redeem({ authorization: request.headers.authorization ?? '', form });
      response.statusCode = granted ? 200 : 400;
      const token = granted && (await sign(url, { key: keys.at(-1) as Key, claims: granted }));
      answer(response, token ? { id_token: token, token_type: 'Bearer' } : { error: 'invalid_grant' });
    },
    '/jwks': async (_, response) => {
      fetches += 1;
      const jwks = keys.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }));
      answer(response, { keys: await Promise.all(jwks) });
    },
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://issuer');
    void (routes[pathname] ?? (() => response.writeHead(404).end()))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    fetches: () => fetches,
    /** A token of the newest key; the claims replace the good ones. */
    token: (claims: JWTPayload = {}) => sign(url, { key: keys.at(-1) as Key, claims }),
    /** A token of a key that the set does not hold. */
    foreignToken: async (claims: JWTPayload = {}) => sign(url, { key: await newKey('first'), claims }),
    /** Whoever signs in from now on: what replaces the good claims. */
    signsIn: (wanted: JWTPayload) => {
      claims = wanted;
    },
    rotate: async () => {
      keys = [await newKey('second')];
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer(response: ServerResponse, body: object): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair('ES256', { extractable: true })) };
}

function sign(issuer: string, { key, claims }: { key: Key; claims: JWTPayload }): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: issuer, aud: 'edgewatch', email: 'sso@example.com', groups: ['soc'], iat: now, exp: now + 600 };
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
}
