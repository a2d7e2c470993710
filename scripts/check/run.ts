import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ENV = { ...process.env, NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' };

type Failure = { stdout: string; stderr: string };

/** Runs a program of node_modules; throws all that it printed when it fails. */
export async function run(program: string, args: string[]): Promise<void> {
  const options = { env: ENV, maxBuffer: 64 * 1024 * 1024 };
  await promisify(execFile)(`node_modules/.bin/${program}`, args, options).catch(({ stdout, stderr }: Failure) => {
    throw new Error(stdout + stderr);
  });
}
