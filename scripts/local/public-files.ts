import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assets } from '../../src/core/context.ts';

/** The assets of the Worker, for scripts: the files that they are copied from. */
export const publicFiles: Assets = {
  fetch: async (url) => new Response(await readFile(join('public', new URL(url).pathname), 'utf8')),
};
