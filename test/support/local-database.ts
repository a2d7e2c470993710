import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';

/** The one file that holds the database of a local instance. */
export async function databaseFile(state: string): Promise<string> {
  const folder = join(state, 'v3/d1/miniflare-D1DatabaseObject');
  const [name, ...others] = (await readdir(folder)).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file));
  if (!name || others.length > 0) throw new Error(`there is not one database in ${state}`);
  return join(folder, name);
}

/** Opens the database of a local instance that is not running. */
export async function openDatabase(state: string, options: DatabaseSyncOptions = {}): Promise<DatabaseSync> {
  return new DatabaseSync(await databaseFile(state), options);
}
