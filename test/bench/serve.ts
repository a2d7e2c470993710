import { NAME, serve } from '../support/serve.ts';
import type { Served, Serving } from './side.ts';

// Run by `startWorker`: one Worker, reached through a socket of its own. The entry proxy that stands before other
// sockets costs more CPU than most requests.
const { inspector = false, ...serving }: Serving = JSON.parse(process.argv[2] ?? '{}');

const miniflare = serve(serving, {
  runner: inspector ? { inspectorPort: 0, inspectorHost: '127.0.0.1' } : {},
  worker: () => ({ unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] }),
});

const url = await miniflare.unsafeGetDirectURL(NAME);
const served: Served = { port: Number(url.port) };
if (inspector) served.inspectorUrl = new URL(`/core:user:${NAME}`, await miniflare.getInspectorURL()).href;
process.send?.(served);
