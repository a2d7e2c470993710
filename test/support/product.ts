import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newState } from './state.ts';

type Options = { env?: Record<string, string>; args?: string[]; state?: string };

type Account = { username: string; password: string };

/** A running product: `npm start` in a process group of its own. */
export type Product = {
  url: string;
  state: string;
  admin: Account;
  /** The demo's analyst, unless it was started with --no-demo. */
  analyst: Account | undefined;
  /** Ends it as Ctrl-C does and waits until it is gone. */
  stop: () => Promise<void>;
  /** Ends the whole process group with kill -9. */
  kill: () => Promise<void>;
};

/** Starts the product as its README says, on a free port and a state directory of its own unless one is given. */
export async function startProduct({ env = {}, args = [], state }: Options = {}): Promise<Product> {
  const directory = state ?? (await newState());
  const port = await freePort();
  // Of two that start at once both would take the debugger's usual port, and one would end.
  const debuggerPort = args.includes('--inspector-port') ? [] : ['--inspector-port', String(await freePort())];
  const given = ['--port', String(port), '--state', directory, ...debuggerPort, ...args];
  const child = spawn('npm', ['start', '--', ...given], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  await untilSaid(child, 'Edgewatch is ready');
  const saved = JSON.parse(await readFile(join(directory, 'edgewatch.json'), 'utf8'));
  return {
    url: `http://localhost:${port}`,
    state: directory,
    admin: saved.admin,
    analyst: saved.analyst,
    stop: () => end(child, 'SIGINT'),
    kill: () => end(child, 'SIGKILL'),
  };
}

/** Waits until a process has printed this. */
export function untilSaid(child: ChildProcess, sentence: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes(sentence)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    // Not at its exit: its last words may still be on their way.
    child.on('close', () => reject(new Error(`It ended before it said "${sentence}":\n${output}`)));
  });
}

/** Ends its whole process group, and waits until it is gone. */
export async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.on('close', resolve));
  process.kill(-child.pid, signal);
  await gone;
}

/** A port on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
