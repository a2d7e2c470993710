import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from './client.ts';
import type { Side } from './side.ts';

/** Half an hour more than a run may take, then a peer ends by itself. */
const TTL_SECONDS = 5_400;

type Starting = {
  /** Where they come from. */
  peers: string;
  /** Where they run. */
  directory: string;
  rows: number;
  connections: number;
};

export const isTuned = ({ name }: Side) => name.endsWith('tuned');

/** Starts the peers, default and tuned, each with a database of its own; says which did not start and why. */
export async function startPeers(starting: Starting): Promise<{ sides: Side[]; failures: string[] }> {
  const all = ['drf', 'fastapi'].flatMap((app) => [false, true].map((tuned) => startPeer(app, tuned, starting)));
  const settled = await Promise.allSettled(all);
  return {
    sides: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    failures: settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
  };
}

async function startPeer(app: string, tuned: boolean, starting: Starting): Promise<Side> {
  const { peers, directory, rows, connections } = starting;
  const name = tuned ? `${app} tuned` : app;
  const home = join(directory, name.replace(' ', '-'));
  // A peer writes beside itself.
  await cp(peers, home, { recursive: true });
  const [port, pgPort] = [await freePort(), await freePort()];
  const ports = { PORT: String(port), PEER_PG_PORT: String(pgPort), PGD: join(home, 'pg') };
  const env = { ...process.env, ...ports, PEER_TUNED: tuned ? '1' : '0', TTL: String(TTL_SECONDS) };
  // In a process group of its own: its script leaves a timer behind, which is ended with the group.
  const child = spawn('bash', [join(home, 'run.sh'), app, 'postgres', String(rows)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  let output = '';
  const ready = new Promise<number[]>((found, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const [, server, database] = output.match(/^ready SRV=(\d+) PG=(\d+)/m) ?? [];
      if (server) found([Number(server), Number(database)]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => fail(new Error(`${name} did not start:\n${output.slice(-500)}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    if (child.pid) endGroup(child.pid);
  };
  const pids = await ready;
  const client = new Client({ port, token: await signIn(port), connections });
  return { name, dialect: 'peer', client, pids, servers: pids, stop };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing was left of it.
  }
}

async function signIn(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/token/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'bench-pass' }),
  });
  return ((await response.json()) as { access: string }).access;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
