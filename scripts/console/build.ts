import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changedAt, newest } from '../newest.ts';
import { writeSchemaTypes } from './schema-types.ts';

export const CONFIG = 'console/vite.config.ts';
const PAGE = 'dist/assets/index.html';
const CHUNKS = 'dist/assets/console';
const SOURCES = ['console', 'docs/openapi.json', 'package-lock.json'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** Builds the console into the Worker's static assets, unless what is there is newer than every source. */
export async function buildConsole({ always = false } = {}): Promise<void> {
  await writeSchemaTypes();
  const built = await changedAt(PAGE).catch(() => 0);
  if (!always && (await newest(SOURCES)) < built) return;
  const { build } = await import('vite');
  await build({ configFile: CONFIG, logLevel: always ? 'info' : 'warn' });
  await dropOldChunks();
}

/** Names carry a hash, so chunks of earlier builds stay beside the new ones; pages that are open may still ask for them. */
async function dropOldChunks(): Promise<void> {
  const limit = Date.now() - DAY_MS;
  for (const name of await readdir(CHUNKS)) {
    const path = join(CHUNKS, name);
    if ((await changedAt(path)) < limit) await rm(path, { force: true });
  }
}
