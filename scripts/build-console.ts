import { createServer } from 'vite';
import { buildConsole, CONFIG } from './console/build.ts';
import { writeSchemaTypes } from './console/schema-types.ts';

/** `npm run build:console`; with `--dev` a server that shows changes at once, over the API of a running `npm start`. */
if (process.argv.includes('--dev')) {
  await writeSchemaTypes();
  const server = await createServer({ configFile: CONFIG });
  await server.listen();
  server.printUrls();
} else {
  await buildConsole({ always: true });
}
