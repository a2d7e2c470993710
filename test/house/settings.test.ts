import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { SETTINGS } from '../../src/settings/describe-settings.ts';

const schema = await readFile('src/core/settings.ts', 'utf8');
const readme = await readFile('README.md', 'utf8');
const shown = SETTINGS.flatMap(({ settings }) => settings);

/** The rows of the README's table that are about one setting: its name, and what is said of it without links. */
const said = [...readme.matchAll(/^\| `([A-Z_]+)`[^|`]* \| [^|]* \| (.*) \|$/gm)].map(
  ([, name = '', text = '']) => [name, text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')] as const,
);

it('shows every setting that there is, once', () => {
  const names = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(shown.map(({ name }) => name).sort()).toEqual(names.sort());
});

it.each(said)('says of %s what the README says', (name, text) => {
  const description = shown.find((setting) => setting.name === name)?.description;
  expect(text.replace(/ \(\d+ MiB\)$/, '')).toBe(description);
});

it('compares most of them', () => expect(said.length).toBeGreaterThan(20));
