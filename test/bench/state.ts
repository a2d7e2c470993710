import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { fill, migrations } from './fill.ts';

/** Where filled databases are kept from one run to the next. */
export const CACHE = join(tmpdir(), 'edgewatch-bench');

/** A database with so many events, made once for each form of the tables; its directory. */
export async function filledState(rows: number): Promise<string> {
  const hash = createHash('sha256')
    .update((await migrations()).join())
    .digest('hex')
    .slice(0, 12);
  const state = join(CACHE, `${hash}-${rows}`);
  if (await stat(state).catch(() => null)) return state;
  const unfinished = `${state}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: unfinished,
      modules: true,
      script: 'export default { fetch: () => new Response() }',
      d1Databases: { DB: 'DB' },
    }),
  );
  try {
    await fill((await miniflare.getD1Database('DB')) as unknown as D1Database, rows);
  } finally {
    await miniflare.dispose();
  }
  await rename(unfinished, state);
  return state;
}

/** A copy that a side may write to. */
export async function copyOf(state: string, directory: string): Promise<string> {
  await rm(directory, { recursive: true, force: true });
  await cp(state, directory, { recursive: true });
  return directory;
}
