import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Settings } from '../core/settings.ts';

const ALGORITHM = 'aes-256-gcm';

/** A TOTP secret as it is stored: AES-256-GCM under a key derived from JWT_SECRET, so a leaked database is no use. */
export function encryptTotpSecret(settings: Settings, base32: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, keyOf(settings), iv);
  const sealed = Buffer.concat([cipher.update(base32, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')).join('.');
}

/** The secret in base32; null when it was stored under another JWT_SECRET. Then a recovery code is the way in. */
export function decryptTotpSecret(settings: Settings, stored: string): string | null {
  const [iv, tag, sealed] = stored.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!iv || !tag || !sealed) throw new Error('a stored TOTP secret is malformed');
  const decipher = createDecipheriv(ALGORITHM, keyOf(settings), iv);
  decipher.setAuthTag(tag);
  try {
    return decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

function keyOf(settings: Settings): Buffer {
  return Buffer.from(hkdfSync('sha256', settings.jwtSecret, '', 'edgewatch totp', 32));
}
