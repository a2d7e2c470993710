import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler';

/** The name of the Worker within Miniflare. */
export const NAME = 'edgewatch';

/** What a process that serves a Worker is told. */
export type Serving = {
  /** The bundle. */
  script: string;
  /** Directory of all that it stores, which it keeps. */
  state: string;
  bindings: Record<string, string>;
};

type Deployed = ReturnType<typeof optionsOf>['workerOptions'];

/** What is other than deployed: of the runner, and of the Worker. */
type Differences = { runner?: object; worker: (deployed: Deployed) => object };

/**
 * Serves a Worker under the Miniflare API, with the bindings of `wrangler.toml` and no assets or crons, until the process
 * that forked this one sends a message or is gone.
 */
export function serve({ script, state, bindings }: Serving, { runner, worker }: Differences): Miniflare {
  const { workerOptions } = optionsOf('wrangler.toml');
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      resourcePersistencePath: state,
      ...runner,
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
          ...worker(workerOptions),
        },
      ],
    }),
  );
  process.once('message', async () => {
    await miniflare.dispose();
    process.exit(0);
  });
  process.once('disconnect', () => process.exit(1));
  // Ctrl-C reaches every process of the terminal; who forked this one ends it in its turn.
  process.on('SIGINT', () => {});
  return miniflare;
}
