import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** When the newest of these files, or of what is in these folders, changed; in milliseconds. */
export async function newest(paths: string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      if (!(await stat(path)).isDirectory()) return changedAt(path);
      // Folders count too: they change when a file goes.
      const names = await readdir(path, { recursive: true });
      return Math.max(await changedAt(path), ...(await Promise.all(names.map((name) => changedAt(join(path, name))))));
    }),
  );
  return Math.max(...times);
}

/** When a file changed, in milliseconds. */
export async function changedAt(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}
