import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Running = { pid: number; parent: number; command: string };

const fileOf = (directory: string) => join(directory, 'processes.json');

/** Writes down what this start runs, itself first. A kill -9 of us alone leaves the runtime behind, holding the port. */
export async function rememberProcesses(directory: string): Promise<void> {
  const all = await running();
  const self = all.filter(({ pid }) => pid === process.pid);
  await writeFile(fileOf(directory), JSON.stringify([...self, ...descendantsOf(process.pid, all)]));
}

/**
 * Ends what an earlier start of this state left behind: the same pid with the same command, nothing else. Throws when
 * that start is still running, since two would share its data.
 */
export async function endLeftovers(directory: string): Promise<number> {
  const text = await readFile(fileOf(directory), 'utf8').catch(() => '[]');
  const [first, ...rest]: Running[] = JSON.parse(text);
  const now = await running();
  const lives = ({ pid, command }: Running) => now.some((p) => p.pid === pid && p.command === command);
  if (first && lives(first)) throw new Error(`Edgewatch is running with this state already, as process ${first.pid}.`);
  const left = rest.filter(lives);
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
