import { createHash } from 'node:crypto';
import { z } from 'zod';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const rowId = z.number().int().positive();

/** What a seal says, without its signature. `rows` holds the hash of each row from `first_id` to `last_id`. */
const claims = z.strictObject({
  version: z.literal(1),
  first_id: rowId,
  last_id: rowId,
  previous_digest: hex(64),
  digest: hex(64),
  sealed_at: z.iso.datetime({ precision: 3 }),
  rows: z.array(hex(32)).min(1),
});

/** A signed seal, as it is kept outside the database. Keys and signatures are base64url. */
export const statementSchema = z
  .strictObject({
    ...claims.shape,
    public_key: z.base64url().length(43),
    signature: z.base64url().length(86),
  })
  .refine(({ first_id, last_id, rows }) => rows.length === last_id - first_id + 1, 'one hash for each row');

export type Claims = z.output<typeof claims>;
export type Statement = z.output<typeof statementSchema>;

/** The text that is signed: a line for each claim in this order; the list of rows by its SHA-256. */
function signedText(statement: Claims & { public_key: string }): Uint8Array<ArrayBuffer> {
  const { first_id, last_id, previous_digest, digest, sealed_at, rows, public_key } = statement;
  const rowsDigest = createHash('sha256').update(rows.join('\n')).digest('hex');
  const said = { first_id, last_id, previous_digest, digest, sealed_at, rows: rowsDigest, public_key };
  const lines = Object.entries(said).map(([name, value]) => `${name}: ${value}\n`);
  return Uint8Array.from(Buffer.from(`edgewatch audit seal 1\n${lines.join('')}`));
}

export type SigningKey = { privateKey: CryptoKey; publicKey: string };

/**
 * The keys of the setting AUDIT_SIGNING_KEY: Ed25519 in PKCS #8, base64, separated by commas. The first one signs; the
 * seals of the others are still accepted, so that a key can be replaced.
 */
export function readSigningKeys(setting: string): Promise<SigningKey[]> {
  return Promise.all(setting.split(',').map((text) => readSigningKey(text.trim())));
}

async function readSigningKey(text: string): Promise<SigningKey> {
  const der = Uint8Array.from(Buffer.from(text, 'base64'));
  const privateKey = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', true, ['sign']);
  const { x } = (await crypto.subtle.exportKey('jwk', privateKey)) as JsonWebKey;
  if (!x) throw new Error('AUDIT_SIGNING_KEY is not an Ed25519 key');
  return { privateKey, publicKey: x };
}

export async function signStatement(said: Claims, { privateKey, publicKey }: SigningKey): Promise<Statement> {
  const statement = { ...said, public_key: publicKey };
  const signature = await crypto.subtle.sign('Ed25519', privateKey, signedText(statement));
  return { ...statement, signature: Buffer.from(signature).toString('base64url') };
}

/** Whether the signature is that of the key which the statement names. Who holds that key is for the caller to know. */
export async function isSigned(statement: Statement): Promise<boolean> {
  const raw = { kty: 'OKP', crv: 'Ed25519', x: statement.public_key };
  try {
    const key = await crypto.subtle.importKey('jwk', raw, 'Ed25519', false, ['verify']);
    const signature = Uint8Array.from(Buffer.from(statement.signature, 'base64url'));
    return await crypto.subtle.verify('Ed25519', key, signature, signedText(statement));
  } catch {
    // Text of the right form that is no key.
    return false;
  }
}
