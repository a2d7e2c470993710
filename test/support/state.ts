import { createHash } from 'node:crypto';
import { cp, glob, mkdir, mkdtemp, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepareDatabase } from '../../scripts/local/prepare-database.ts';
import { openState } from '../../scripts/local/state.ts';

const CACHE = 'node_modules/.cache';

/**
 * A state directory of its own, in which the first start has done its work: the tables and the admin are there. It is a
 * copy of one that is made once, for making it takes wrangler ten seconds.
 */
export async function newState(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'edgewatch-test-'));
  await cp(await template(), directory, { recursive: true });
  return directory;
}

/** It appears whole or not at all, however many tests start at once. */
async function template(): Promise<string> {
  const place = resolve(CACHE, `state-${await digestOfMakers()}`);
  const isThere = await readFile(join(place, 'edgewatch.json')).catch(() => null);
  if (isThere) return place;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${place}-`);
  await prepareDatabase(await openState(draft));
  await rename(draft, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error;
  });
  return place;
}

async function digestOfMakers(): Promise<string> {
  const hash = createHash('sha256');
  for (const pattern of ['migrations/*.sql', 'scripts/local/*.ts']) {
    for await (const file of glob(pattern)) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}
