import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { vi } from 'vitest';

type Key = { kid: string; alg: string; privateKey: CryptoKey; jwk: JWK };

const JWKS_URL = 'https://issuer.example/jwks';

/** What makes a Worker take tokens of this issuer. */
export const OIDC = {
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_JWKS_URL: JWKS_URL,
  OIDC_AUDIENCE: 'edgewatch',
  OIDC_ROLES: 'soc:analyst,root:admin,urn:groups:staff:member',
} as unknown as Partial<Env>;

/** A key of an issuer, and how it signs. */
export async function newKey(kid: string, alg = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token of `OIDC`'s issuer, signed with this key; the claims replace the good ones. */
export function tokenOf({ kid, alg, privateKey }: Key, claims: JWTPayload = {}): Promise<string> {
  return new SignJWT({ ...goodClaims(), ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey);
}

export function goodClaims(): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: 'https://issuer.example',
    aud: 'edgewatch',
    email: 'sso@example.com',
    groups: ['soc'],
    iat: now,
    exp: now + 600,
  };
}

/** Stands in the network where the issuer's key set is. `serve` says which keys it holds, or how it fails. */
export function keySetServer() {
  let answer = (): Response => Response.error();
  let fetches = 0;
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { url } = new Request(input, init);
    if (url !== JWKS_URL) return fetch(input, init);
    fetches += 1;
    return answer();
  });
  return {
    fetches: () => fetches,
    serve: (...keys: Key[]) => {
      answer = () => Response.json({ keys: keys.map(({ jwk }) => jwk) });
    },
    fail: (how: () => Response) => {
      answer = how;
    },
  };
}
