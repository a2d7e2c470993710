import { spawn } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;

// Ctrl-C reaches the children as well; what they wrote goes when they are gone.
process.on('SIGINT', () => {});

// Two lanes, for two processors: what computes is in the one, what mostly waits in the other.
const codes = await Promise.all([runComputing(), run('journeys')]);
process.exitCode = Math.max(...codes);

/**
 * What runs inside workerd, and then in a browser. The databases inside workerd are short-lived: in memory no write waits
 * for a disk. All others run the product on the disk, as people do.
 */
async function runComputing(): Promise<number> {
  const memory = hasRoomInMemory() ? await mkdtemp(join(MEMORY, 'edgewatch-tests-')) : undefined;
  const code = await run('worker', memory ? { TMPDIR: memory } : {});
  if (memory) await rm(memory, { recursive: true, force: true });
  return Math.max(code, await run('console'));
}

/** Runs the tests of one project of `vitest.config.ts`; answers its exit code. */
function run(project: string, env: Record<string, string> = {}): Promise<number> {
  const args = ['run', '--project', project, '--passWithNoTests', ...process.argv.slice(2)];
  const child = spawn('vitest', args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Containers often have a file system in memory that is too small. */
function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES;
  } catch {
    return false;
  }
}
