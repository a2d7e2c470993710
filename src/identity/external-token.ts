import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { UnavailableError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import type { Settings } from '../core/settings.ts';

// Asymmetric only: a key set is public, so nothing may pass that uses one of its keys as a shared secret.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

type KeySet = ReturnType<typeof createRemoteJWKSet>;

// jose keeps the keys for ten minutes and asks again, at most twice a minute, for a key that it does not know.
const keySets = new Map<string, KeySet>();

/** Whether a token says that it comes from the configured external issuer. It proves nothing yet. */
export function isExternalToken({ oidc }: Settings, token: string): boolean {
  if (oidc.issuer === '') return false;
  try {
    return decodeJwt(token).iss === oidc.issuer;
  } catch {
    return false;
  }
}

/** The claims of a token of the external issuer: signature, `iss`, `aud` and `exp` checked; null when one is wrong. */
export async function verifyExternalToken({ oidc }: Settings, token: string): Promise<JWTPayload | null> {
  const options = {
    issuer: oidc.issuer,
    audience: oidc.audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', oidc.usernameClaim],
  };
  try {
    const { payload } = await jwtVerify(token, keySetOf(oidc.jwksUrl), options);
    return payload;
  } catch (error) {
    if (isKeySetFault(error)) {
      log.error('the key set of the issuer cannot be read', describeError(error));
      throw new UnavailableError();
    }
    return null;
  }
}

/** A key set that cannot be fetched or read is our trouble, not the caller's token. */
function isKeySetFault(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'].includes(error.code);
}

function keySetOf(url: string): KeySet {
  const keySet = keySets.get(url) ?? createRemoteJWKSet(new URL(url));
  keySets.set(url, keySet);
  return keySet;
}
