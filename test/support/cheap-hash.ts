import { Buffer } from 'node:buffer';
import { randomBytes, scryptSync } from 'node:crypto';

/** A hash of a password that is made and verified at once: a hash carries its own cost. */
export function cheapHash(password: string): string {
  const salt = randomBytes(16);
  const key = Buffer.from(scryptSync(password.normalize('NFKC'), salt, 32, { N: 2, r: 8, p: 1 }));
  return ['scrypt', 2, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
}
