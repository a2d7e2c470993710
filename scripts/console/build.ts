import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLevel } from 'vite';
import { unlessCurrent } from '../unless-current.ts';
import { writeSchemaTypes } from './schema-types.ts';

export const CONFIG = 'console/vite.config.ts';
const PAGE = 'dist/assets/index.html';
const CHUNKS = 'dist/assets/console';
const SOURCES = ['console', 'docs/openapi.json', 'package-lock.json'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** Builds the console into the Worker's static assets, unless that was done since a source changed. */
export async function buildConsole({ always = false } = {}): Promise<void> {
  await writeSchemaTypes();
  if (always) await build('info');
  else await unlessCurrent({ result: PAGE, sources: SOURCES, build });
}

async function build(logLevel: LogLevel = 'warn'): Promise<void> {
  const vite = await import('vite');
  await vite.build({ configFile: CONFIG, logLevel });
  await dropOldChunks();
}

/** Names carry a hash, so chunks of earlier builds stay beside the new ones; pages that are open may still ask for them. */
async function dropOldChunks(): Promise<void> {
  const limit = Date.now() - DAY_MS;
  for (const name of await readdir(CHUNKS)) {
    const path = join(CHUNKS, name);
    if ((await stat(path)).mtimeMs < limit) await rm(path, { force: true });
  }
}
