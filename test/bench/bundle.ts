import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runWrangler } from '../../scripts/local/wrangler.ts';

export type Bundle = { script: string; bytes: number; gzipped: number };

type Source = { main: string; directory: string; readable?: boolean };

/** Bundles a Worker as `wrangler deploy` does; `readable` keeps the names of functions. */
export async function bundle({ main, directory, readable = false }: Source): Promise<Bundle> {
  await runWrangler(['deploy', main, '--dry-run', '--outdir', directory, ...(readable ? ['--no-minify'] : [])]);
  const script = join(directory, main.split('/').pop()?.replace(/\.ts$/, '.js') ?? '');
  const code = await readFile(script);
  return { script, bytes: code.byteLength, gzipped: gzipSync(code).byteLength };
}
