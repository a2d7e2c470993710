import { spawn } from 'node:child_process';
import { end, freePort, untilSaid } from './product.ts';

/** A running `npm run start:pages`. */
export type Pages = { url: string; stop: () => Promise<void> };

/** Starts the console as Pages serves it. It finds the Worker in the registry, which is that of the Worker's `env`. */
export async function startPages(env: Record<string, string>): Promise<Pages> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const ports = ['--port', String(port), '--inspector-port', String(await freePort())];
  const child = spawn('npm', ['run', 'start:pages', '--', ...ports], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  await untilSaid(child, 'as on Pages');
  await untilReady(url);
  return { url, stop: () => end(child, 'SIGINT') };
}

/** Until a request comes through the Function and the Worker. */
async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`).catch(() => null);
    if (response?.ok) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(`${url} did not become ready.`);
}
