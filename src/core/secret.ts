import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Settings } from './settings.ts';

const ALGORITHM = 'aes-256-gcm';

/** What a secret is for: each purpose has a key of its own, so that no secret can stand in the place of another kind. */
type Purpose = 'totp' | 'channel';

/** A secret as it is stored: AES-256-GCM under a key derived from JWT_SECRET, so a leaked database is no use. */
export function encryptSecret(settings: Settings, { purpose, text }: { purpose: Purpose; text: string }): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, keyOf(settings, purpose), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')).join('.');
}

/** The secret; null when it was stored under another JWT_SECRET. */
export function decryptSecret(
  settings: Settings,
  { purpose, stored }: { purpose: Purpose; stored: string },
): string | null {
  const [iv, tag, sealed] = stored.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!iv || !tag || !sealed) throw new Error(`a stored secret is malformed: ${purpose}`);
  const decipher = createDecipheriv(ALGORITHM, keyOf(settings, purpose), iv);
  decipher.setAuthTag(tag);
  try {
    return decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

function keyOf({ jwtSecret }: Settings, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', jwtSecret, '', `edgewatch ${purpose}`, 32));
}
