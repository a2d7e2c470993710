import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { allAlerts, allEvents, token } from '../support/remote.ts';

let product: Product;
beforeAll(async () => {
  // From nothing, as a newcomer has it.
  const state = await mkdtemp(join(tmpdir(), 'edgewatch-tour-'));
  product = await startProduct({ state, env: { ADMIN_PASSWORD: 'a password for the tour' } });
});
afterAll(async () => {
  await product.stop();
  await rm(product.state, { recursive: true });
});

it('runs the tour of the README as it is pasted', async () => {
  const readme = await readFile('README.md', 'utf8');
  const tour = readme.match(/<!-- tour -->\n```sh\n(.*?)```/s)?.[1] ?? '';
  const env = { ...process.env, EDGEWATCH: product.url, PASSWORD: product.admin.password };
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', tour], { env });

  expect(stdout).toContain('"external_id":"tour-1"');
  expect(stdout).toContain('"status":"acknowledged"');
  expect(stdout).toContain('"verdict":"true_positive"');
  expect(stdout).toContain('"status":409');
  expect(stdout).toContain('"accepted":1,"duplicates":0,"rejected":[{"index":1');

  const access = await token(product);
  const events = await allEvents(product, access);
  const door = events.find(({ source }) => source === 'door-3');
  expect(door?.sensor_id).toBeGreaterThan(0);
  await expect
    .poll(async () => (await allAlerts(product, access)).some(({ event }) => event.id === door?.id), { timeout: 5000 })
    .toBe(true);
});
