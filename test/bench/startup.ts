import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runWrangler } from '../../scripts/local/wrangler.ts';
import { type CpuProfile, selfTimes } from './cpu-profile.ts';

const RUNS = 5;

/** CPU milliseconds that the Worker needs to start, by workerd's own profile: the median of five starts. */
export async function measureStartup(directory: string): Promise<number> {
  const times: number[] = [];
  while (times.length < RUNS) {
    const file = join(directory, 'startup.cpuprofile');
    await runWrangler(['check', 'startup', '--outfile', file]);
    const profile: CpuProfile = JSON.parse(await readFile(file, 'utf8'));
    times.push(selfTimes(profile).reduce((sum, { ms }) => sum + ms, 0));
  }
  return times.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;
}
