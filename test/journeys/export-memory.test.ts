import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runWrangler } from '../../scripts/local/wrangler.ts';
import { fillEvents, timeOf } from '../support/fill-events.ts';
import { type Inspector, openInspector } from '../support/inspector.ts';
import { freePort, type Product, startProduct } from '../support/product.ts';
import { token } from '../support/remote.ts';
import { newState } from '../support/state.ts';

const EVENTS = 200_000;
const BYTES = 1_000;
const WARM_UP = EVENTS / 2;
// Of the whole runtime, the database included; the file itself has 270 MB.
const MAX_GROWTH_MB = 96;
// Of what the Worker holds, whichever part of its page and of the page's text is there when it is weighed.
const MAX_HELD_GROWTH_MB = 16;
// For all of that, a quarter of what a Worker may have.
const MAX_HELD_MB = 32;

type Weight = { runtime: number; held: number };

let product: Product;
let inspector: Inspector;
let pids: number[];
beforeAll(async () => {
  const state = await newState();
  const fill = fillEvents({ from: 1, to: EVENTS, bytes: BYTES });
  await runWrangler(['d1', 'execute', 'DB', '--local', '--persist-to', state, '--command', fill]);
  // The events are old; here they stay in the database.
  const port = String(await freePort());
  const args = ['--no-demo', '--inspector-port', port];
  product = await startProduct({ state, args, env: { EVENT_RETENTION_DAYS: '0' } });
  inspector = await openInspector(`ws://127.0.0.1:${port}/ws`, () => fetch(`${product.url}/health`));
  pids = await runtimes(product);
});
afterAll(async () => {
  inspector.close();
  await product.stop();
  await rm(product.state, { recursive: true });
});

it('exports 270 MB of events in memory that does not grow with them', async () => {
  const access = await token(product);
  const idle = await weigh();
  const warmUp = await readExport(`?to=${timeOf(WARM_UP)}`, access);
  expect(warmUp.lines).toBe(WARM_UP);
  const { lines, peak } = await readExport('', access);
  expect(lines).toBe(EVENTS);
  expect(peak.runtime - warmUp.peak.runtime).toBeLessThan(MAX_GROWTH_MB);
  expect(peak.held - warmUp.peak.held).toBeLessThan(MAX_HELD_GROWTH_MB);
  expect(peak.held - idle.held).toBeLessThan(MAX_HELD_MB);
});

/** Reads an export as it comes; how many lines it had, and the most that it weighed meanwhile. */
async function readExport(query: string, access: string): Promise<{ lines: number; peak: Weight }> {
  const headers = { Authorization: `Bearer ${access}` };
  const { body } = await fetch(`${product.url}/api/v1/events/export${query}`, { headers });
  let [lines, weighed] = [0, 0];
  const peak = await weigh();
  for await (const chunk of body ?? []) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    if (lines < weighed + EVENTS / 10) continue;
    weighed = lines;
    const { runtime, held } = await weigh();
    peak.runtime = Math.max(peak.runtime, runtime);
    peak.held = Math.max(peak.held, held);
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

/** Megabytes that the runtime has from the system, and that the Worker holds when V8 has cleaned up. */
async function weigh(): Promise<Weight> {
  await inspector.ask('HeapProfiler.collectGarbage');
  const heap = (await inspector.ask('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize: number };
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', pids.join()]);
  const kilobytes = stdout.trim().split(/\s+/).map(Number);
  const runtime = kilobytes.reduce((sum, some) => sum + some, 0) / 1024;
  return { runtime, held: (heap.usedSize + heap.backingStorageSize) / 1024 ** 2 };
}
