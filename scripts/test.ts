import { spawn } from 'node:child_process';

// The tests inside workerd compute, the journeys from outside mostly wait: together they take half the time.
const PROJECTS = ['worker', 'journeys'];

/** Runs the tests of one project of `vitest.config.ts`; answers its exit code. */
function run(project: string): Promise<number> {
  const args = ['run', '--project', project, '--passWithNoTests', ...process.argv.slice(2)];
  const child = spawn('vitest', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const codes = await Promise.all(PROJECTS.map(run));
process.exitCode = Math.max(...codes);
