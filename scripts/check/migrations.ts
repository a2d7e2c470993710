import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/** Fails when drizzle-kit would write a migration: then a table changed without one. */
export async function checkMigrations(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'edgewatch-migrations-'));
  try {
    await cp('migrations', directory, { recursive: true });
    const before = await readdir(directory);
    await run('drizzle-kit', ['generate', '--dialect', 'sqlite', '--schema', './src/*/table.ts', '--out', directory]);
    const after = await readdir(directory);
    if (after.length !== before.length)
      throw new Error('A table changed: run `npm run migrations` and commit the result.');
  } finally {
    await rm(directory, { recursive: true });
  }
}
