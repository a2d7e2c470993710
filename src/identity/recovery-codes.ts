import { randomInt } from 'node:crypto';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { sha256 } from '../core/digest.ts';
import type { Db } from '../db/client.ts';
import { selectInto } from '../db/select-into.ts';
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

type Replacing = { userId: number; codes: string[]; where?: SQL | undefined };

/** The statements by which these codes replace all earlier ones, if a condition holds. Unexecuted. */
export function replaceRecoveryCodes(db: Db, { userId, codes, where }: Replacing) {
  const hashes = JSON.stringify(codes.map(hashRecoveryCode));
  const from = sql`FROM json_each(${hashes}) WHERE ${where ?? sql`true`}`;
  return [
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), where)),
    db.insert(recoveryCodes).select(selectInto(recoveryCodes, { values: { userId, codeHash: sql`value` }, from })),
  ] as const;
}

/** The hash under which a code is stored, however it was typed. */
export function hashRecoveryCode(code: string): string {
  return sha256(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}
