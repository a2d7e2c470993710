import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const CLI = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'wrangler-dist/cli.js');

/** What keeps wrangler from talking to the network, and from saying what concerns its own users. */
export const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  // Without it wrangler asks the network for a sample of `request.cf`.
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
};

type Options = { env?: Record<string, string>; show?: boolean };

/** Starts wrangler in our process group, so that whatever ends the group ends it too. */
export function startWrangler(args: string[], { env = {}, show = true }: Options = {}): ChildProcess {
  return spawn(process.execPath, ['--no-warnings', CLI, ...args], {
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    env: { ...process.env, ...QUIET, ...env },
  });
}

/** Runs wrangler to its end and answers what it printed; throws that text when it fails. */
export async function runWrangler(args: string[]): Promise<string> {
  const child = startWrangler(args, { show: false, env: { CI: 'true' } });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(' ')} failed:\n${output}`);
  return output;
}
