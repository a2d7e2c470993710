import { randomToken, sha256 } from '../core/digest.ts';

/** The two halves of a refresh token, hashed as they are stored. */
export type RefreshToken = { token: string; familyHash: string; secretHash: string };

/** A new token: in the given family, or of a new one. 128 random bits each for family and secret. */
export function newRefreshToken(family = randomToken(16)): RefreshToken {
  return hashed(family, randomToken(16));
}

/** The token as it came in; null when it does not have the form of one. */
export function parseRefreshToken(token: string): (RefreshToken & { family: string }) | null {
  const [family, secret, ...rest] = token.split('.');
  return family && secret && rest.length === 0 ? { ...hashed(family, secret), family } : null;
}

function hashed(family: string, secret: string): RefreshToken {
  return { token: `${family}.${secret}`, familyHash: sha256(family), secretHash: sha256(secret) };
}
