import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Build = {
  /** A file that it makes. Without it there was no build. */
  result: string;
  /** Files, and folders with all that is in them. */
  sources: string[];
  build: () => Promise<void>;
};

/** Builds unless the last build has seen the sources as they are: a stamp says how old the newest was. */
export async function unlessCurrent({ result, sources, build }: Build): Promise<void> {
  const latest = String(await newest(sources));
  const stamp = join('dist/built', result);
  if (existsSync(result) && (await readFile(stamp, 'utf8').catch(() => '')) === latest) return;
  await build();
  await writeWhole(stamp, latest);
}

/** Writes a file so that whoever reads it meanwhile, such as another instance, sees all of the old one or of the new. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, content);
  await rename(`${file}.${process.pid}`, file);
}

async function newest(paths: string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      const own = await stat(path);
      if (!own.isDirectory()) return own.mtimeMs;
      // Folders count too: they change when a file goes.
      const names = await readdir(path, { recursive: true });
      const inside = await Promise.all(names.map((name) => stat(join(path, name))));
      return Math.max(own.mtimeMs, ...inside.map(({ mtimeMs }) => mtimeMs));
    }),
  );
  return Math.max(...times);
}
