import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

const run = promisify(execFile);

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(async () => {
  await product.stop();
  await rm(product.state, { recursive: true });
});

/** curl, as a client of the Django backends calls it; the answer and its status. */
async function curl(path: string, ...args: string[]) {
  const { stdout } = await run('curl', ['-s', '-w', '\n%{http_code}', ...args, product.url + path]);
  const at = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(at + 1)), body: JSON.parse(stdout.slice(0, at)) };
}

const json = ['-H', 'Content-Type: application/json'];

async function bearer(account: { username: string; password: string } | undefined): Promise<string[]> {
  const { body } = await curl('/api/token/', '-X', 'POST', ...json, '-d', JSON.stringify(account));
  return ['-H', `Authorization: Bearer ${body.access}`];
}

describe('a client of the Django backends', () => {
  it('posts, lists, patches and resolves by the routes and spellings it knows', async () => {
    const admin = await bearer(product.admin);
    const analyst = await bearer(product.analyst);
    const critical =
      '{"source_name":"sensor-1","event_type":"scan","severity":"CRITICAL","description":"Port scan detected"}';
    const high = critical.replace('CRITICAL', 'High');
    const posted = await curl('/api/events/', '-X', 'POST', ...json, ...admin, '-d', critical);
    const other = await curl('/api/events/', '-X', 'POST', ...json, ...admin, '-d', high);
    expect([posted.status, other.status]).toEqual([201, 201]);

    const find = async (query: string, event: { id: number }) => {
      const { body } = await curl(`/api/alerts/${query}`, ...analyst);
      return body.data.find((alert: { event: { id: number } }) => alert.event.id === event.id);
    };
    const within5s = { timeout: 5000 };
    await expect.poll(() => find('?status=OPEN&event__severity=CRITICAL', posted.body), within5s).toBeTruthy();
    await expect.poll(() => find('?severity=High&status=Open', other.body), within5s).toBeTruthy();
    const alert = await find('?status=OPEN&event__severity=CRITICAL', posted.body);

    const patch = ['-X', 'PATCH', ...json, '-d', '{"status":"ACK"}'];
    expect((await curl(`/api/alerts/${alert.id}/`, ...patch, ...analyst)).status).toBe(403);
    const patched = await curl(`/api/alerts/${alert.id}/`, ...patch, ...admin);
    expect([patched.status, patched.body.status]).toEqual([200, 'acknowledged']);
    const resolved = await curl(`/api/v1/alerts/${alert.id}/resolve/`, '-X', 'POST', ...analyst);
    expect([resolved.status, resolved.body.status]).toEqual([200, 'resolved']);
  });
});

describe('the import of recorded events', () => {
  it('posts them all, finds an alert with its event for each high one, and stores nothing twice', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'edgewatch-recorded-'));
    const files = await writeRecording(directory);
    const command = ['run', 'import-recorded', '--', ...files, '--url', product.url, '--state', product.state];

    const first = await run('npm', command);
    expect(first.stdout).toContain('2400 accepted, 0 duplicates, 0 rejected');
    expect(first.stdout).toContain('240 alerts for 240 high events, each with its event');
    const second = await run('npm', command);
    expect(second.stdout).toContain('0 accepted, 2400 duplicates, 0 rejected');
    await rm(directory, { recursive: true });
  });
});

/** 2,400 events in the form of the recorded ones, a tenth of which a high or critical rule matches. */
async function writeRecording(directory: string): Promise<string[]> {
  const events = Array.from({ length: 2400 }, (_, i) => ({
    i,
    src: 'made-for-the-test',
    logsource: i % 2 ? { product: 'windows', category: ['process_creation'] } : { product: 'linux', service: 'auditd' },
    time: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
    event: {
      Computer: i % 3 ? `host-${i % 7}.example` : undefined,
      EventID: i,
      CommandLine: `run "${i}" — ünïcode \\ /`,
    },
  }));
  const rules = ['critical', 'high', 'medium'].map((level) => ({ id: level, level }));
  const every = (step: number, from: number) => events.map(({ i }) => i).filter((i) => i % step === from);
  const expected = { critical: every(20, 0), high: every(20, 10), medium: every(20, 5) };
  const lines = (items: unknown[]) => gzipSync(items.map((item) => JSON.stringify(item)).join('\n'));
  await writeFile(join(directory, 'events.ndjson.gz'), lines(events));
  await writeFile(join(directory, 'rules.ndjson.gz'), lines(rules));
  await writeFile(join(directory, 'expected.json'), JSON.stringify(expected));
  return ['events', 'rules', 'expected'].flatMap((name) => [
    `--${name}`,
    join(directory, name === 'expected' ? 'expected.json' : `${name}.ndjson.gz`),
  ]);
}
