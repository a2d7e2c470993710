import { runWrangler } from '../local/wrangler.ts';

const MAX_KIB = 200;

/** Bundles the Worker as `npm run deploy` does; fails when it is too large to start fast. Returns its size. */
export async function checkBundle(): Promise<string> {
  const output = await runWrangler(['deploy', '--dry-run']);
  const [, size] = output.match(/gzip: ([\d.]+) KiB/) ?? [];
  if (!(Number(size) <= MAX_KIB)) throw new Error(`It has ${size} KiB, gzipped; ${MAX_KIB} at most.`);
  return `${size} KiB, gzipped`;
}
