import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Build = {
  /** What is built: the name of a file in `dist/built` that says how old the newest source of the last build was. */
  name: string;
  /** Files, and folders with all that is in them. */
  sources: string[];
  build: () => Promise<void>;
};

/** Builds unless the last build has seen the sources as they are. */
export async function unlessCurrent({ name, sources, build }: Build): Promise<void> {
  const latest = String(await newest(sources));
  const stamp = join('dist/built', name);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === latest) return;
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
      const { mtimeMs, isDirectory } = await seen(path);
      if (!isDirectory) return mtimeMs;
      // Folders count too: they change when a file goes.
      const names = await readdir(path, { recursive: true });
      const inside = await Promise.all(names.map((name) => seen(join(path, name))));
      return Math.max(mtimeMs, ...inside.map((file) => file.mtimeMs));
    }),
  );
  return Math.max(...times);
}

async function seen(path: string) {
  const stats = await stat(path);
  return { mtimeMs: stats.mtimeMs, isDirectory: stats.isDirectory() };
}
