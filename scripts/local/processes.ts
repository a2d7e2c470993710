import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Running = { pid: number; parent: number; command: string };

const fileOf = (directory: string) => join(directory, 'processes.json');

/** Writes down what this start runs. A kill -9 of us alone leaves the runtime behind, holding the port. */
export async function rememberProcesses(directory: string): Promise<void> {
  await writeFile(fileOf(directory), JSON.stringify(descendantsOf(process.pid, await running())));
}

/** Ends what an earlier start of this state left behind: the same pid with the same command, nothing else. */
export async function endLeftovers(directory: string): Promise<number> {
  const text = await readFile(fileOf(directory), 'utf8').catch(() => '[]');
  const remembered: Running[] = JSON.parse(text);
  const now = await running();
  const left = remembered.filter(({ pid, command }) => now.some((p) => p.pid === pid && p.command === command));
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  return left.length;
}

function descendantsOf(root: number, all: Running[]): Running[] {
  const children = all.filter(({ parent }) => parent === root);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, all)]);
}

async function running(): Promise<Running[]> {
  // Without `ps` there is nothing to remember and nothing to end.
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((row) => {
    const [, pid, parent, command = ''] = row.match(/^\s*(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
}
