import { Buffer } from 'node:buffer';

/** A SHA-256 in hex as the header `Repr-Digest` writes it (RFC 9530). */
export function reprDigest(sha256: string): string {
  return `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
}
