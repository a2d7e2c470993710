import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 as base64url. Random tokens and keys of 128 bits or more are stored only in this form. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** `bytes` random bytes as base64url. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
