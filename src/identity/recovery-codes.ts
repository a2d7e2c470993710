import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { sha256 } from '../core/digest.ts';
import type { Db } from '../db/client.ts';
import { recoveryCodes } from './table.ts';

const COUNT = 10;
// Crockford's alphabet: nothing that is mistaken for something else. 28 of 32 signs are 140 bits, so a
// plain hash keeps them.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 28;

/** Ten new recovery codes in the form `XXXX-XXXX-…`, seven groups. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const signs = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return signs.replaceAll(/(.{4})(?=.)/g, '$1-');
  });
}

/** The statements by which these codes replace all earlier ones. Unexecuted. */
export function replaceRecoveryCodes(db: Db, { userId, codes }: { userId: number; codes: string[] }) {
  const rows = codes.map((code) => ({ userId, codeHash: hashRecoveryCode(code) }));
  return [
    db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)),
    db.insert(recoveryCodes).values(rows),
  ] as const;
}

/** The hash under which a code is stored, however it was typed. */
export function hashRecoveryCode(code: string): string {
  return sha256(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}
