import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, bundle } from './bundle.ts';
import { startPeers } from './peers.ts';
import { type Side, startWorker } from './side.ts';
import { CACHE, copyOf, filledState } from './state.ts';
import { newBindings, newToken } from './token.ts';

const MAINS = {
  product: 'dist/worker/index.js',
  /** The product again, with names that a person can read and a profiler listening. */
  profiled: 'dist/worker/index.js',
  floor: 'test/bench/floor/worker.ts',
  counted: 'test/bench/counted/worker.ts',
};

export type Name = keyof typeof MAINS;

type Sizes = { rows: number; connections: number };

/** What one run has started and written; `end` leaves nothing of it. */
export class Session {
  readonly directory = join(CACHE, `run-${process.pid}`);
  readonly #bindings = newBindings();
  readonly #running = new Set<Side>();
  readonly #sizes: Sizes;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  bundle(name: Name): Promise<Bundle> {
    return bundle({ main: MAINS[name], directory: join(this.directory, name), readable: name === 'profiled' });
  }

  /** Starts a Worker with a full database of its own. */
  async start(name: Name, { script }: Bundle) {
    const { rows, connections } = this.#sizes;
    const state = await copyOf(await filledState(rows), join(this.directory, `${name}-state`));
    const { settings, limit } = this.#bindings;
    // Costs are counted with the limits that are deployed.
    const bindings = name === 'counted' ? settings : { ...settings, ...limit };
    const serving = { script, state, bindings, inspector: name === 'profiled' };
    const side = await startWorker({ name, token: await newToken(settings), connections, serving });
    this.#running.add(side);
    return side;
  }

  /** Starts the peers of a directory; says which do not start. */
  async startPeers(peers: string): Promise<Side[]> {
    const { sides, failures } = await startPeers({ peers, directory: this.directory, ...this.#sizes });
    for (const side of sides) this.#running.add(side);
    for (const failure of failures) console.log(`Going on without a peer. ${failure}`);
    return sides;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((side) => side.stop()));
    this.#running.clear();
  }

  async end(): Promise<void> {
    await this.stopAll();
    await rm(this.directory, { recursive: true, force: true });
  }
}
