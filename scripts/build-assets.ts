import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildConsole } from './console/build.ts';

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

// Written over, not cleared: another instance may be serving them.
await cp('public', ASSETS, { recursive: true });
await cp('docs/openapi.json', join(ASSETS, 'openapi.json'));
await copyTools();
await writeRedoc();
await buildConsole();

async function copyTools() {
  for (const [tool, files] of Object.entries(TOOLS)) {
    for (const file of files) await cp(join('node_modules', file), join(ASSETS, 'reference', tool, basename(file)));
  }
}

/** ReDoc has no setting against fetching its maker's logo. It shows none when the image cannot be decoded. */
async function writeRedoc() {
  const code = await readFile(join('node_modules/redoc/bundles', REDOC), 'utf8');
  if (!code.includes(REDOC_LOGO)) throw new Error(`${REDOC} does not fetch ${REDOC_LOGO} any more: drop this step`);
  await writeFile(join(ASSETS, 'reference/redoc', REDOC), code.replaceAll(REDOC_LOGO, 'data:,'));
}
