import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of the times in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

type Process = { pid: number; parent: number; seconds: number; ofEnded: number };

/** CPU seconds that these processes and all that they started have used, those that ended included. */
export function cpuSeconds(roots: number[]): number {
  const tree = treeOf(roots);
  const ended = tree.filter(({ pid }) => roots.includes(pid)).reduce((sum, { ofEnded }) => sum + ofEnded, 0);
  return ended + tree.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Memory in MB that these processes and all that they started hold, shared pages divided among those who share them. */
export function memoryMb(roots: number[]): number {
  const kb = treeOf(roots).map(({ pid }) =>
    Number(read(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] ?? 0),
  );
  return kb.reduce((sum, n) => sum + n, 0) / 1024;
}

/** CPU seconds for which this machine was busy since it started. */
export function busySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
    read('/proc/stat').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS;
}

/** The children of a process. */
export function childrenOf(pid: number): number[] {
  return all()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid);
}

function treeOf(roots: number[]): Process[] {
  const known = all();
  const found = known.filter(({ pid }) => roots.includes(pid));
  for (const { pid } of found) found.push(...known.filter((p) => p.parent === pid && !found.includes(p)));
  return found;
}

function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // The name of the program, in brackets, may hold anything.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      if (!stat) return [];
      const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
      const seconds = (user + system) / TICKS;
      return [{ pid: Number(name), parent: fields[1] ?? 0, seconds, ofEnded: (endedUser + endedSystem) / TICKS }];
    });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
