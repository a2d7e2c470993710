import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { buildConsole } from './console/build.ts';
import { unlessCurrent, writeWhole } from './unless-current.ts';

const ASSETS = 'dist/assets';

/**
 * What the pages of the API reference load, by the name of the tool: its own files as they were published, and the
 * licences that have to travel with them. No source maps: they weigh more than the code.
 */
const TOOLS = {
  scalar: ['@scalar/api-reference/dist/browser/standalone.js'],
  swagger: [
    'swagger-ui-dist/swagger-ui.css',
    'swagger-ui-dist/swagger-ui-bundle.js',
    'swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt',
    'swagger-ui-dist/LICENSE',
    'swagger-ui-dist/NOTICE',
  ],
  redoc: ['redoc/bundles/redoc.standalone.js.LICENSE.txt', 'redoc/LICENSE'],
};

const REDOC = 'redoc.standalone.js';
const REDOC_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

const SOURCES = ['public', 'docs/openapi.json', 'package-lock.json', 'scripts/build-assets.ts'];

// Written over, not cleared: another instance may be serving them.
await unlessCurrent({ result: join(ASSETS, 'openapi.json'), sources: SOURCES, build: writeAssets });
await buildConsole();

async function writeAssets() {
  for (const entry of await readdir('public', { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) await copy(file, relative('public', file));
  }
  await copy('docs/openapi.json', 'openapi.json');
  for (const [tool, files] of Object.entries(TOOLS)) {
    for (const file of files) await copy(join('node_modules', file), join('reference', tool, basename(file)));
  }
  await writeRedoc();
}

async function copy(from: string, to: string) {
  await writeWhole(join(ASSETS, to), await readFile(from));
}

/** ReDoc has no setting against fetching its maker's logo. It shows none when the image cannot be decoded. */
async function writeRedoc() {
  const code = await readFile(join('node_modules/redoc/bundles', REDOC), 'utf8');
  if (!code.includes(REDOC_LOGO)) throw new Error(`${REDOC} does not fetch ${REDOC_LOGO} any more: drop this step`);
  await writeWhole(join(ASSETS, 'reference/redoc', REDOC), code.replaceAll(REDOC_LOGO, 'data:,'));
}
