import { createHash } from 'node:crypto';
import { cp, glob, mkdir, mkdtemp, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Account } from '../../scripts/local/api.ts';
import { prepareDatabase } from '../../scripts/local/prepare-database.ts';
import { openState } from '../../scripts/local/state.ts';
import type { UserRole } from '../../src/core/actor.ts';
import { cheapHash } from './cheap-hash.ts';
import { openDatabase } from './local-database.ts';

const CACHE = 'node_modules/.cache';

type Person = Account & { role: UserRole };

/**
 * A state directory of its own, in which the first start has done its work: the tables are there, the admin and these
 * people. It is a copy of one that is made once, for making it takes wrangler ten seconds.
 */
export async function newState(people: Person[] = []): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'edgewatch-test-'));
  await cp(await template(), directory, { recursive: true });
  const database = await openDatabase(directory);
  const add = database.prepare('INSERT INTO users (username, role, password_hash, created_at) VALUES (?, ?, ?, ?)');
  for (const { username, role, password } of people) add.run(username, role, cheapHash(password), Date.now());
  database.close();
  return directory;
}

/** It appears whole or not at all, however many tests start at once. */
async function template(): Promise<string> {
  const place = resolve(CACHE, `state-${await digestOfMakers()}`);
  const isThere = await readFile(join(place, 'edgewatch.json')).catch(() => null);
  if (isThere) return place;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${place}-`);
  const state = await openState(draft);
  await prepareDatabase(state);
  const database = await openDatabase(draft);
  database.prepare('UPDATE users SET password_hash = ?').run(cheapHash(state.saved.admin.password));
  database.close();
  await rename(draft, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error;
  });
  return place;
}

async function digestOfMakers(): Promise<string> {
  const hash = createHash('sha256');
  for (const pattern of ['migrations/*.sql', 'scripts/local/*.ts', 'test/support/state.ts']) {
    for await (const file of glob(pattern)) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}
