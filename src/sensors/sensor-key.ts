import { randomToken, sha256 } from '../core/digest.ts';

const PREFIX = 'ews_';

/** A new key: 256 random bits behind a prefix that secret scanners can know. Shown once, stored hashed. */
export function newSensorKey(): { key: string; keyPrefix: string; keyHash: string } {
  const key = PREFIX + randomToken(32);
  return { key, keyPrefix: key.slice(0, PREFIX.length + 6), keyHash: sha256(key) };
}

export function isSensorKey(token: string): boolean {
  return token.startsWith(PREFIX);
}
