import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Serving as Worker } from '../support/serve.ts';
import { Client } from './client.ts';
import type { Dialect } from './operations.ts';
import { childrenOf } from './processes.ts';

/** A running server, and the processes whose CPU time is its own. */
export type Side = {
  name: string;
  dialect: Dialect;
  client: Client;
  pids: number[];
  /** Those of them that serve; the memory of the others is the runner's. */
  servers: number[];
  stop: () => Promise<void>;
};

/** What `serve.ts` is told. */
export type Serving = Worker & { inspector?: boolean };

/** What `serve.ts` answers once it serves. */
export type Served = { port: number; inspectorUrl?: string };

type Start = { name: string; token: string; connections: number; serving: Serving };

/** Starts a Worker in a process of its own. */
export async function startWorker({ name, token, connections, serving }: Start): Promise<Side & Served> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), [JSON.stringify(serving)], {
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // wrangler looks for the secrets here, too, and says so when one is missing.
    env: { ...process.env, ...serving.bindings },
  });
  const { pid } = child;
  const [served] = (await Promise.race([once(child, 'message'), failed(child, name)])) as [Served];
  if (!pid) throw new Error(`${name} has no process`);
  const client = new Client({ port: served.port, token, connections });
  const stop = async () => {
    client.close();
    if (child.exitCode !== null) return;
    child.send('stop');
    await once(child, 'exit');
  };
  return { name, dialect: 'edgewatch', client, pids: [pid], servers: childrenOf(pid), stop, ...served };
}

async function failed(child: ChildProcess, name: string): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${name} ended with ${code} before it served`);
}
