import { env } from 'cloudflare:workers';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '../../src/db/client.ts';
import { deliver } from '../../src/notifications/deliver.ts';
import { enqueueDeliveries, insertDeliveries } from '../../src/notifications/insert-deliveries.ts';
import { purgeDeliveries } from '../../src/notifications/purge-deliveries.ts';
import { sweepDeliveries } from '../../src/notifications/sweep-deliveries.ts';
import { channels } from '../../src/notifications/table.ts';
import { countedDb } from '../support/counted-db.ts';
import { channelTo, contextIn, deliverIn, jitter, NOW, notified, stored } from '../support/deliveries.ts';
import { inbox } from '../support/receiver.ts';

const DAY = 24 * 3600;

beforeEach(async () => {
  jitter();
  await env.DB.batch([env.DB.prepare('DELETE FROM deliveries'), env.DB.prepare('DELETE FROM channels')]);
});
afterEach(() => vi.restoreAllMocks());

const notification = { kind: 'test', subject: 'channel:1', payload: { kind: 'test' } } as const;

/** A context of which the database counts. */
function counted(seconds: number) {
  const { db, cost, reset } = countedDb(env.DB);
  return { ctx: { ...contextIn(seconds), db: database(db) }, cost, reset };
}

const count = () => env.DB.prepare('SELECT count(*) AS n FROM deliveries').first<number>('n');

describe('notifying channels', () => {
  it('makes a pending delivery for each of them that is enabled', async () => {
    const [one, two, off] = [await channelTo('http://a'), await channelTo('http://b'), await channelTo('http://c')];
    await env.DB.prepare('UPDATE channels SET enabled = 0 WHERE id = ?').bind(off).run();
    const ctx = contextIn(0);
    const insert = (key: string, channelIds: number[] | null) =>
      insertDeliveries(ctx, { ...notification, key, channelIds });
    expect(await insert('to-all', null)).toHaveLength(2);
    const [row] = await insert('to-one', [one, off, 999_999]);
    expect(await insert('to-none', [])).toEqual([]);
    expect(await stored(row?.id ?? 0)).toEqual({
      status: 'pending',
      next: 0,
      leased: null,
      finished: null,
      attempts: [],
    });
    const { results } = await env.DB.prepare('SELECT * FROM deliveries ORDER BY id').all();
    expect(results.map(({ channel_id, key }) => [channel_id, key])).toEqual([
      [one, 'to-all'],
      [two, 'to-all'],
      [one, 'to-one'],
    ]);
    expect(results[0]).toMatchObject({
      kind: 'test',
      subject: 'channel:1',
      payload: '{"kind":"test"}',
      expires_at: NOW.getTime() + DAY * 1000,
      created_at: NOW.getTime(),
    });
  });

  it('tells a channel each key once, whatever became of it', async () => {
    const { url } = await inbox();
    const [one, two] = [await channelTo(url), await channelTo(url)];
    const ctx = contextIn(0);
    const insert = (channelIds: number[]) => insertDeliveries(ctx, { ...notification, key: 'once', channelIds });
    const first = await insert([one]);
    await deliverIn(0, [first[0]?.id ?? 0]);
    expect(await insert([one, two])).toHaveLength(1);
    const raced = await Promise.all(Array.from({ length: 5 }, () => insert([one, two])));
    expect(raced.flat()).toEqual([]);
  });

  it('happens only when its condition holds, and with what the statement before it says', async () => {
    const channel = await channelTo('http://a');
    const ctx = contextIn(0);
    const notify = (key: string) =>
      insertDeliveries(ctx, {
        ...notification,
        key: sql`'renamed:' || ${key}`,
        payload: sql`json_object('kind', 'test')`,
        channelIds: null,
        where: sql`changes() > 0`,
      });
    const set = (id: number) => ctx.db.update(channels).set({ shownTarget: 'x' }).where(eq(channels.id, id));
    const [, none] = await ctx.db.batch([set(999_999), notify('nobody')]);
    const [, some] = await ctx.db.batch([set(channel), notify('somebody')]);
    expect([none.length, some.length]).toEqual([0, 1]);
    const row = await env.DB.prepare('SELECT key, payload FROM deliveries').first();
    expect(row).toEqual({ key: 'renamed:somebody', payload: '{"kind":"test"}' });
  });

  it('costs four written rows a delivery, and reads the channels', async () => {
    for (let n = 0; n < 5; n++) await channelTo('http://a');
    const { ctx, cost, reset } = counted(0);
    await ctx.db.batch([insertDeliveries(ctx, { ...notification, key: 'cost', channelIds: null })]);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 20 });
    expect(cost.rowsRead).toBeLessThanOrEqual(20);
    reset();
    await ctx.db.batch([insertDeliveries(ctx, { ...notification, key: 'cost', channelIds: null })]);
    expect(cost.rowsWritten).toBe(0);
  });

  it('is hurried by messages of a hundred ids', () => {
    const ctx = contextIn(0);
    enqueueDeliveries(
      ctx,
      Array.from({ length: 250 }, (_, id) => ({ id: id + 1 })),
    );
    expect(ctx.sent.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(ctx.sent[2]).toEqual({ ids: Array.from({ length: 50 }, (_, id) => id + 201), delaySeconds: undefined });
  });
});

describe('the cost of', () => {
  /** Many that are over and many that are due later. */
  async function history(channel: number): Promise<void> {
    await notified({ channelIds: [channel], count: 60 });
    await env.DB.prepare("UPDATE deliveries SET status = 'delivered', next_attempt_at = NULL, finished_at = 1").run();
    await notified({ channelIds: [channel], count: 40, seconds: 600 });
  }

  it('a sweep that finds nothing is at most a row read', async () => {
    await history(await channelTo('http://a'));
    const { ctx, cost } = counted(0);
    expect(await sweepDeliveries({ ctx })).toBe(0);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(1);
  });

  it('an attempt is two rows written, whatever else there is', async () => {
    const { url } = await inbox({ status: 200 });
    const channel = await channelTo(url);
    await history(channel);
    const ids = await notified({ channelIds: [channel], count: 10 });
    const { ctx, cost } = counted(0);
    await deliver({ ctx, input: { deliveryIds: ids } });
    expect(cost).toMatchObject({ calls: 2 + 10, rowsWritten: 20 });
    expect(cost.rowsRead).toBeLessThanOrEqual(140);
  });

  it('a failed attempt is three, since its next time has an index', async () => {
    const { url } = await inbox({ status: 500 });
    const channel = await channelTo(url);
    await history(channel);
    const ids = await notified({ channelIds: [channel], count: 10 });
    const { ctx, cost } = counted(0);
    await deliver({ ctx, input: { deliveryIds: ids } });
    expect(cost).toMatchObject({ calls: 2 + 10, rowsWritten: 30 });
    expect(cost.rowsRead).toBeLessThanOrEqual(140);
  });
});

describe('the housekeeping', () => {
  /** A delivery that ended so many days ago. */
  async function ended(channel: number, { status, days }: { status: string; days: number }): Promise<number> {
    const [id = 0] = await notified({ channelIds: [channel] });
    await env.DB.prepare('UPDATE deliveries SET status = ?, next_attempt_at = NULL, finished_at = ? WHERE id = ?')
      .bind(status, NOW.getTime() - days * DAY * 1000, id)
      .run();
    return id;
  }
  const left = async () =>
    (await env.DB.prepare('SELECT id FROM deliveries ORDER BY id').all<{ id: number }>()).results.map(({ id }) => id);

  it('forgets what was delivered after 30 days, dead letters after 90, and never the newest id', async () => {
    const channel = await channelTo('http://a');
    await ended(channel, { status: 'delivered', days: 31 });
    const kept = [
      await ended(channel, { status: 'delivered', days: 29 }),
      await ended(channel, { status: 'failed', days: 89 }),
    ];
    await ended(channel, { status: 'failed', days: 91 });
    kept.push(...(await notified({ channelIds: [channel] })));
    kept.push(await ended(channel, { status: 'delivered', days: 40 }));
    await purgeDeliveries({ ctx: contextIn(0) });
    expect(await left()).toEqual(kept);
  });

  it('forgets at most 500 of each in a run', async () => {
    const channel = await channelTo('http://a');
    await env.DB.prepare(
      `INSERT INTO deliveries (channel_id, kind, subject, key, payload, status, attempts, expires_at, created_at, finished_at)
       SELECT ?, 'test', 'channel:1', value, '{}', iif(value % 2, 'failed', 'delivered'), '[]', 0, 0, 0
       FROM (WITH RECURSIVE series (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < 1400)
         SELECT value FROM series)`,
    )
      .bind(channel)
      .run();
    const { ctx, cost } = counted(0);
    await purgeDeliveries({ ctx });
    expect(await count()).toBe(400);
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 1_000 });
    await purgeDeliveries({ ctx });
    expect(await count()).toBe(1);
  });
});
