import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../src/identity/password.ts';
import { runWrangler } from './wrangler.ts';

type NewAdmin = { username: string; password: string; target: string[] };

/**
 * Writes an admin straight into the database, with the audit row, for an instance in which nobody can sign in yet.
 * `target` is wrangler's choice of database: `['--remote']` or `['--local', '--persist-to', …]`.
 */
export async function createAdmin({ username, password, target }: NewAdmin): Promise<void> {
  const now = Date.now();
  const sql = `
    INSERT INTO users (username, password_hash, role, created_at)
    VALUES (${quote(username)}, ${quote(await hashPassword(password))}, 'admin', ${now});
    INSERT INTO audit_rows (timestamp, actor, action, target, after, request_id)
    VALUES (${now}, 'system:console', 'user.create', ${quote(`user:${username}`)}, '{"role":"admin"}', ${quote(crypto.randomUUID())});`;
  const directory = await mkdtemp(join(tmpdir(), 'edgewatch-'));
  const file = join(directory, 'create-admin.sql');
  try {
    await writeFile(file, sql, { mode: 0o600 });
    await runWrangler(['d1', 'execute', 'DB', ...target, '--yes', '--file', file]);
  } finally {
    await rm(directory, { recursive: true });
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
