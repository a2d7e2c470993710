import { generateKeyPairSync } from 'node:crypto';

/** A new Ed25519 private key as the secret AUDIT_SIGNING_KEY holds it: PKCS #8 in base64. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}
