import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCommonPassword } from '../../src/identity/common-passwords.ts';
import { newUser } from '../../src/identity/contract.ts';
import { publicFiles } from './public-files.ts';
import { newSigningKey } from './signing-key.ts';

type Account = { username: string; password: string };

/** What a local instance remembers beside its data: its secrets and whom it made. Readable by its owner only. */
export type Saved = {
  jwtSecret: string;
  auditSigningKey: string;
  admin: Account;
  analyst?: Account;
  /** The newest migration that its database has seen. */
  migration?: string | undefined;
};

/** A state directory: `.wrangler/state` unless `--state` names another. */
export type State = { directory: string; saved: Saved; isNew: boolean; save: () => Promise<void> };

/** Opens a state directory; a new one gets its secrets and the name and password of its first admin. */
export async function openState(directory: string): Promise<State> {
  const file = join(directory, 'edgewatch.json');
  await mkdir(directory, { recursive: true });
  const known = await readFile(file, 'utf8').catch(() => null);
  const saved: Saved = known ? JSON.parse(known) : await newSecrets();
  const save = () => writeFile(file, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
  return { directory, saved, isNew: known === null, save };
}

async function newSecrets(): Promise<Saved> {
  const { ADMIN_USERNAME = 'admin', ADMIN_PASSWORD: password = newPassword() } = process.env;
  const admin = newUser.safeParse({ username: ADMIN_USERNAME, password, role: 'admin' });
  const faults = admin.error?.issues ?? [];
  const badName = faults.find(({ path }) => path[0] === 'username');
  if (badName) throw new Error(`ADMIN_USERNAME ${badName.message}`);
  // On this machine a short password harms nobody; a deployed instance refuses it.
  for (const { message } of faults) console.warn(`ADMIN_PASSWORD ${message} on a deployed instance.`);
  if (await isCommonPassword(publicFiles, password)) console.warn('ADMIN_PASSWORD is one of the commonest passwords.');
  return {
    jwtSecret: randomBytes(48).toString('base64url'),
    auditSigningKey: newSigningKey(),
    admin: { username: ADMIN_USERNAME.toLowerCase(), password },
  };
}

/** 24 characters, 144 random bits. */
export function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
