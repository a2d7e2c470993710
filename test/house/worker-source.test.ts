import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const names = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts'));

/** A file as it is written, and as the Worker is made of it. */
async function both(name: string): Promise<[string, string]> {
  return [await readFile(join('src', name), 'utf8'), await readFile(join('dist/worker/src', name), 'utf8')];
}

/** What stands around the making of a constant. */
const MARKS = /\/\* @__PURE__ \*\/ \(\(\) => \(|\)\)\(\/\* unless unused \*\/\)/g;

beforeAll(async () => {
  await import('../../scripts/build-worker.ts');
});

describe('the source of the Worker', () => {
  it('keeps every character in its line, and only blanks some out and marks what makes constants', async () => {
    for (const name of names) {
      const [written, marked] = await both(name);
      const built = marked.replaceAll(MARKS, '');
      expect({ name, lines: marked.split('\n').length }).toEqual({ name, lines: written.split('\n').length });
      expect({ name, length: built.length }).toEqual({ name, length: written.length });
      const changed = [...built.matchAll(/\S/g)].filter(({ 0: character, index }) => written[index] !== character);
      expect({ name, changed }).toEqual({ name, changed: [] });
    }
  });

  it('has no documentation of routes and schemas', async () => {
    const left = await Promise.all(
      names.map(async (name) => ((await both(name))[1].match(/operationId|\.openapi\((?:\{|')/) ? [name] : [])),
    );
    expect(left.flat()).toEqual([]);
  });

  it('makes a constant only if something uses it', async () => {
    const [, built] = await both('alerts/contract.ts');
    expect(built).toMatch(/export const alertView = \/\* @__PURE__ \*\/ \(\(\) => \(z\n/);
  });

  it('has their paths, permissions and input', async () => {
    const [, built] = await both('events/routes.ts');
    for (const part of ["path: '/events'", "...guard('event.post')", 'body: jsonBody(newEvent)', '.openapi(postRoute'])
      expect(built).toContain(part);
  });
});
