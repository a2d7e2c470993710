import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runWrangler } from '../../scripts/local/wrangler.ts';
import { fillEvents, timeOf } from '../support/fill-events.ts';
import { type Product, startProduct } from '../support/product.ts';
import { token } from '../support/remote.ts';

const EVENTS = 200_000;
const BYTES = 1_000;
const WARM_UP = EVENTS / 2;
// What V8 leaves lying about before it cleans up; the file itself has 270 MB.
const MAX_GROWTH_MB = 96;

let product: Product;
let pids: number[];
beforeAll(async () => {
  const state = await mkdtemp(join(tmpdir(), 'edgewatch-export-'));
  const target = ['DB', '--local', '--persist-to', state];
  await runWrangler(['d1', 'migrations', 'apply', ...target]);
  const fill = fillEvents({ from: 1, to: EVENTS, bytes: BYTES });
  await runWrangler(['d1', 'execute', ...target, '--command', fill]);
  // The events are old; here they stay in the database.
  product = await startProduct({ state, args: ['--no-demo'], env: { EVENT_RETENTION_DAYS: '0' } });
  pids = await runtimes(product);
});
afterAll(async () => {
  await product.stop();
  await rm(product.state, { recursive: true });
});

it('exports 270 MB of events in memory that does not grow with them', async () => {
  const access = await token(product);
  const warmUp = await readExport(`?to=${timeOf(WARM_UP)}`, access);
  expect(warmUp.lines).toBe(WARM_UP);
  const { lines, peak } = await readExport('', access);
  expect(lines).toBe(EVENTS);
  expect(peak - warmUp.peak).toBeLessThan(MAX_GROWTH_MB);
});

/** Reads an export as it comes; how many lines it had, and the most megabytes that the runtime held meanwhile. */
async function readExport(query: string, access: string): Promise<{ lines: number; peak: number }> {
  const headers = { Authorization: `Bearer ${access}` };
  const { body } = await fetch(`${product.url}/api/v1/events/export${query}`, { headers });
  let [lines, weighed, peak] = [0, 0, await weigh()];
  for await (const chunk of body ?? []) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    if (lines < weighed + EVENTS / 100) continue;
    weighed = lines;
    peak = Math.max(peak, await weigh());
  }
  return { lines, peak };
}

type Running = { pid: number; command: string };

async function runtimes({ state }: Product): Promise<number[]> {
  const running: Running[] = JSON.parse(await readFile(join(state, 'processes.json'), 'utf8'));
  const pids = running.filter(({ command }) => command.includes('workerd')).map(({ pid }) => pid);
  expect(pids.length).toBeGreaterThan(0);
  return pids;
}

async function weigh(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', pids.join()]);
  const kilobytes = stdout.trim().split(/\s+/).map(Number);
  return kilobytes.reduce((sum, some) => sum + some, 0) / 1024;
}
