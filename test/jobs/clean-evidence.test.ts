import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '../../src/db/client.ts';
import { cleanEvidence } from '../../src/evidence/clean-evidence.ts';
import { cronContext } from '../support/audit-log.ts';
import { countedDb } from '../support/counted-db.ts';
import { bucketWith, stored } from '../support/evidence.ts';
import { runCron } from '../support/worker.ts';

beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM evidence').run();
});

const MINUTE = 60_000;

/** So many rows with their objects, in this state for so many minutes. */
async function left(state: string, { minutes, count = 1 }: { minutes: number; count?: number }): Promise<void> {
  const columns = 'incident_id, key, state, filename, media_type, size, uploaded_by, created_at, state_since';
  const insert = env.DB.prepare(`INSERT INTO evidence (${columns}) VALUES (1, ?, ?, 'a', 'a/b', 1, 'max', 0, ?)`);
  const since = Date.now() - minutes * MINUTE;
  const keys = Array.from({ length: count }, () => `evidence/${crypto.randomUUID()}`);
  await env.DB.batch(keys.map((key) => insert.bind(key, state, since)));
  await Promise.all(keys.map((key) => env.EVIDENCE.put(key, 'x')));
}

const emptyBucket = async () => {
  const { objects } = await env.EVIDENCE.list({ prefix: 'evidence/' });
  if (objects.length > 0) await env.EVIDENCE.delete(objects.map(({ key }) => key));
};
beforeEach(emptyBucket);

describe('the cleaning', () => {
  it('removes abandoned uploads and deleted files, and leaves the others', async () => {
    await left('uploading', { minutes: 61 });
    await left('uploading', { minutes: 59 });
    await left('deleting', { minutes: 0 });
    await left('deleting', { minutes: 10_000 });
    await left('stored', { minutes: 10_000 });
    await runCron('*/5 * * * *');
    expect(await stored()).toMatchObject({ states: ['uploading', 'stored'], keys: { length: 2 } });
  });

  it('takes a hundred at a time, those first that wait longest', async () => {
    await left('deleting', { minutes: 1, count: 20 });
    await left('deleting', { minutes: 5, count: 90 });
    const ctx = cronContext();
    expect(await cleanEvidence({ ctx })).toBe(100);
    const { results } = await env.DB.prepare('SELECT state_since FROM evidence').all<{ state_since: number }>();
    expect(results).toHaveLength(10);
    for (const row of results) expect(Date.now() - row.state_since).toBeLessThan(4 * MINUTE);
    expect(await cleanEvidence({ ctx })).toBe(10);
    expect(await stored()).toEqual({ states: [], keys: [] });
  });

  it('goes on after one that cannot be removed, and comes back to it', async () => {
    await left('deleting', { minutes: 5, count: 3 });
    const { keys } = await stored();
    const evidence = bucketWith({
      delete: (key: string) => (key === keys[1] ? Promise.reject(new Error('no')) : env.EVIDENCE.delete(key)),
    });
    expect(await cleanEvidence({ ctx: cronContext({ evidence }) })).toBe(2);
    expect(await stored()).toEqual({ states: ['deleting'], keys: [keys[1]] });
    expect(await cleanEvidence({ ctx: cronContext() })).toBe(1);
    expect(await stored()).toEqual({ states: [], keys: [] });
  });

  it('removes the row of what is gone already, and may run beside itself', async () => {
    await left('deleting', { minutes: 5, count: 5 });
    await emptyBucket();
    await Promise.all([runCron('*/5 * * * *'), runCron('*/5 * * * *')]);
    expect(await stored()).toEqual({ states: [], keys: [] });
  });

  it('does not read the files that are stored', async () => {
    await env.DB.prepare(
      `INSERT INTO evidence (incident_id, key, state, filename, media_type, size, uploaded_by, created_at, state_since)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
       SELECT 1, i, 'stored', 'a', 'a/b', 1, 'max', 0, 0 FROM n`,
    ).run();
    const { db, cost } = countedDb(env.DB);
    await cleanEvidence({ ctx: cronContext({ db: database(db) }) });
    expect(cost.rowsRead).toBeLessThan(10);
  });
});
