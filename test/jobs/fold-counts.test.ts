import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteAlert } from '../../src/alerts/delete-alert.ts';
import { sweepPending } from '../../src/alerts/sweep-pending.ts';
import { newEvent } from '../../src/events/contract.ts';
import { deleteEvent } from '../../src/events/delete-event.ts';
import { ingestEvents } from '../../src/events/ingest-events.ts';
import { foldCounts } from '../../src/reports/fold-counts.ts';
import { brokenDb, OVERLOADED } from '../support/broken-db.ts';
import { call, expectStatus } from '../support/client.ts';
import { ADMIN, contextAt } from '../support/operations.ts';
import { signedIn } from '../support/people.ts';
import { rollupsAndRecount } from '../support/rollups.ts';
import { runCron } from '../support/worker.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;

let member: string;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  member = await signedIn('member');
});
beforeEach(async () => {
  const tables = ['events', 'alerts', 'event_counts', 'alert_counts', 'watermarks'];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

const at = (minutes: number) => new Date(START + minutes * MINUTE);

async function ingest(count: number, { minutes = 0, severity = 'low' } = {}): Promise<number[]> {
  const ids: number[] = [];
  for (let left = count; left > 0; left -= 1_000) {
    const input = Array.from({ length: Math.min(left, 1_000) }, () =>
      newEvent.parse({ source: 'fw-1', event_type: 'scan', severity }),
    );
    ids.push(...(await ingestEvents({ ctx: contextAt(at(minutes)), input })));
  }
  return ids;
}

const fold = (minutes: number) => foldCounts({ ctx: contextAt(at(minutes)) });

/** How many events the rollups count by each dimension and period; folded ones only. */
async function counted(): Promise<number> {
  const { results } = await env.DB.prepare(
    'SELECT sum(events) AS events FROM event_counts GROUP BY dimension, period',
  ).all<{ events: number }>();
  const sums = new Set(results.map(({ events }) => events));
  expect(sums.size).toBeLessThanOrEqual(1);
  return [...sums][0] ?? 0;
}

async function expectRecounted(): Promise<void> {
  for (const { stored, recounted } of await rollupsAndRecount()) expect(stored).toEqual(recounted);
}

describe('a fold', () => {
  it('waits for 5,000 rows or a quarter of an hour, so that few rows cost few writes', async () => {
    await ingest(10);
    await fold(0);
    expect(await counted()).toBe(10);
    await ingest(4_999, { minutes: 1 });
    await fold(14);
    expect(await counted()).toBe(10);
    await ingest(1, { minutes: 14 });
    await fold(14);
    expect(await counted()).toBe(5_010);
    await ingest(1, { minutes: 15 });
    await fold(28);
    expect(await counted()).toBe(5_010);
    await fold(29);
    expect(await counted()).toBe(5_011);
    await expectRecounted();
  });

  it('takes more than a chunk in one run', async () => {
    await ingest(23_000);
    await fold(0);
    expect(await counted()).toBe(23_000);
    await expectRecounted();
  });

  it('counts nothing twice when runs overlap', async () => {
    await ingest(25_000, { severity: 'medium' });
    await Promise.all([fold(0), fold(0), ingest(500), fold(0), fold(0)]);
    await fold(60);
    expect(await counted()).toBe(25_500);
    await expectRecounted();
  });

  it('is one of the jobs of each minute, and when the database fails it loses nothing', async () => {
    await ingest(3);
    await expect(runCron('* * * * *', { DB: brokenDb(OVERLOADED) })).rejects.toThrow('foldCounts');
    await runCron();
    expect(await counted()).toBe(3);
  });
});

describe('the id of a deleted newest row is given again', () => {
  it('and the event that gets it is counted', async () => {
    const [, newest = 0] = await ingest(2);
    await fold(0);
    await deleteEvent({ ctx: contextAt(at(1), ADMIN), input: { id: newest } });
    expect(await counted()).toBe(1);
    expect(await ingest(2, { minutes: 120, severity: 'medium' })).toEqual([newest, newest + 1]);
    await fold(120);
    expect(await counted()).toBe(3);
    await expectRecounted();
  });

  it('and so is the alert, whether it was deleted by itself or with its event', async () => {
    const newestAlert = async () => (await env.DB.prepare('SELECT max(id) AS id FROM alerts').first<number>('id')) ?? 0;
    const raise = async (minutes: number) => {
      await ingest(1, { minutes, severity: 'high' });
      await sweepPending({ ctx: contextAt(at(minutes)) });
    };
    await raise(0);
    await raise(0);
    await fold(0);
    const id = await newestAlert();
    await deleteAlert({ ctx: contextAt(at(1), ADMIN), input: { id, ifMatch: undefined } });
    await raise(60);
    expect(await newestAlert()).toBe(id);
    await fold(60);
    await expectRecounted();
    const event = await env.DB.prepare('SELECT max(id) AS id FROM events').first<number>('id');
    await deleteEvent({ ctx: contextAt(at(61), ADMIN), input: { id: event ?? 0 } });
    await raise(120);
    expect(await newestAlert()).toBe(id);
    await fold(120);
    await expectRecounted();
  });
});

describe('a report', () => {
  const summary = async () =>
    expectStatus(
      await call('GET', '/api/v1/reports/summary?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z', { token: member }),
      200,
    );

  it('reads 10,000 rows that are not folded yet, and says when there are more', async () => {
    await ingest(10_000);
    expect(await summary()).toMatchObject({ complete: true, events: { total: 10_000 } });
    await ingest(10, { minutes: 30 });
    const behind = { complete: false, as_of: at(30).toISOString(), events: { total: 10_000 } };
    expect(await summary()).toMatchObject(behind);
    await fold(31);
    expect(await summary()).toMatchObject({ complete: true, events: { total: 10_010 } });
  });
});
