import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Account = { username: string; password: string };

/** What a local instance remembers beside its data: its secrets and whom it made. Readable by its owner only. */
export type Saved = {
  jwtSecret: string;
  admin: Account;
  analyst?: Account;
};

/** A state directory: `.wrangler/state` unless `--state` names another. */
export type State = { directory: string; saved: Saved; isNew: boolean; save: () => Promise<void> };

/** Opens a state directory; a new one gets its secrets and the name and password of its first admin. */
export async function openState(directory: string): Promise<State> {
  const file = join(directory, 'edgewatch.json');
  await mkdir(directory, { recursive: true });
  const known = await readFile(file, 'utf8').catch(() => null);
  const saved: Saved = known ? JSON.parse(known) : newSecrets();
  const save = () => writeFile(file, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
  return { directory, saved, isNew: known === null, save };
}

function newSecrets(): Saved {
  const { ADMIN_USERNAME = 'admin', ADMIN_PASSWORD = newPassword() } = process.env;
  return {
    jwtSecret: randomBytes(48).toString('base64url'),
    admin: { username: ADMIN_USERNAME, password: ADMIN_PASSWORD },
  };
}

/** 20 characters, 120 random bits. */
export function newPassword(): string {
  return randomBytes(15).toString('base64url');
}
