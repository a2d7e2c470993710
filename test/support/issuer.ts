import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type Key = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };

/** A real OIDC issuer on this machine: a key set over HTTP, and tokens signed with its keys. */
export async function startIssuer() {
  let keys: Key[] = [await newKey('first')];
  let fetches = 0;
  const server = createServer(async (_, response) => {
    fetches += 1;
    const jwks = keys.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }));
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys: await Promise.all(jwks) }));
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
    rotate: async () => {
      keys = [await newKey('second')];
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair('ES256', { extractable: true })) };
}

function sign(issuer: string, { key, claims }: { key: Key; claims: JWTPayload }): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: issuer, aud: 'edgewatch', email: 'sso@example.com', groups: ['soc'], iat: now, exp: now + 600 };
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
}
