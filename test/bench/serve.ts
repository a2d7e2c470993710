import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler';
import type { Served, Serving } from './side.ts';

// Run by `startWorker`: one Worker under the Miniflare API, reached through a socket of its own. The entry proxy that
// stands before other sockets costs more CPU than most requests.
const { script, state, bindings, inspector = false }: Serving = JSON.parse(process.argv[2] ?? '{}');

const { workerOptions } = optionsOf('wrangler.toml');
const NAME = 'edgewatch';

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    resourcePersistencePath: state,
    ...(inspector && { inspectorPort: 0, inspectorHost: '127.0.0.1' }),
    workers: [
      {
        ...workerOptions,
        modulesRules: undefined,
        assets: undefined,
        cronTriggers: undefined,
        name: NAME,
        rootPath: dirname(script),
        modules: [{ type: 'ESModule', path: basename(script), contents: readFileSync(script, 'utf8') }],
        bindings: Object.assign({}, workerOptions.bindings, bindings),
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      },
    ],
  }),
);

process.once('message', async () => {
  await miniflare.dispose();
  process.exit(0);
});
// Ctrl-C reaches every process of the terminal; the benchmark ends this one in its turn.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit(1));

const url = await miniflare.unsafeGetDirectURL(NAME);
const served: Served = { port: Number(url.port) };
if (inspector) served.inspectorUrl = new URL(`/core:user:${NAME}`, await miniflare.getInspectorURL()).href;
process.send?.(served);
