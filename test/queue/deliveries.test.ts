import { env } from 'cloudflare:workers';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import { database } from '../../src/db/client.ts';
import { deliver } from '../../src/notifications/deliver.ts';
import { sweepDeliveries } from '../../src/notifications/sweep-deliveries.ts';
import { DELIVERY_QUEUE } from '../../src/queue/messages.ts';
import {
  allStored,
  channelTo,
  contextIn,
  deliverIn,
  jitter,
  NOW,
  notified,
  SECRET,
  stored,
} from '../support/deliveries.ts';
import { auditOf } from '../support/events.ts';
import { inbox, RECEIVER, resolveNames } from '../support/receiver.ts';
import type { Mood, Seen } from '../support/receiver-server.ts';
import { deliver as deliverMessages, runCron } from '../support/worker.ts';

const DAY = 24 * 3600;
const FAILING: Mood = { status: 500 };
const FINE: Mood = { status: 200 };

beforeEach(() => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  jitter();
});
afterEach(() => vi.restoreAllMocks());

/** A receiver of these moods, a channel to it, and deliveries to that. */
async function sending(count: number, ...moods: Mood[]) {
  const receiver = await inbox(...moods);
  const channel = await channelTo(receiver.url);
  return { ...receiver, channel, ids: await notified({ channelIds: [channel], count }) };
}

const idsOf = (seen: Seen[]) => seen.map(({ headers }) => headers['webhook-id'] ?? '');

/** Tries a delivery whenever it is due, until it is over. */
async function untilOver(id: number): Promise<{ at: number; delay: number | undefined }[]> {
  const tried: { at: number; delay: number | undefined }[] = [];
  for (let found = await stored(id); found.next !== null; found = await stored(id)) {
    await deliverIn(found.next - 1, [id]);
    const [sent] = await deliverIn(found.next, [id]);
    tried.push({ at: found.next, delay: sent?.delaySeconds });
  }
  return tried;
}

describe('a delivery', () => {
  it('is over with a 2xx, and never sent again', async () => {
    const { ids, seen } = await sending(1, { status: 204, bytes: 0 });
    const [id = 0] = ids;
    expect(await deliverIn(3, ids)).toEqual([]);
    const attempt = { number: 1, at: 3, latencyMs: 0, status: 204, error: null };
    expect(await stored(id)).toEqual({
      status: 'delivered',
      next: null,
      leased: null,
      finished: 3,
      attempts: [attempt],
    });
    for (const seconds of [3, 63, 3600, 2 * DAY]) {
      await deliverIn(seconds, ids);
      await sweepDeliveries({ ctx: contextIn(seconds) });
    }
    expect(await seen()).toHaveLength(1);
  });

  it('is sent by the queue and by the cron', async () => {
    const { ids, seen } = await sending(2);
    const [first = 0, second = 0] = ids;
    const message = { type: 'deliver', delivery_ids: [first] };
    const result = await deliverMessages([message], { queue: DELIVERY_QUEUE, bindings: RECEIVER });
    expect(result).toMatchObject({ outcome: 'ok', explicitAcks: ['m0'], retryMessages: [] });
    expect([(await stored(first)).status, (await stored(second)).status]).toEqual(['delivered', 'pending']);
    await runCron('* * * * *', RECEIVER);
    expect((await stored(second)).status).toBe('delivered');
    expect(await seen()).toHaveLength(2);
  });

  it('is tried twelve times within 20 hours, each on its time, and is a dead letter then', async () => {
    const { ids, seen } = await sending(1, FAILING);
    const [id = 0] = ids;
    const tried = await untilOver(id);
    const delays = [30, 60, 120, 300, 900, 1800, 3600, 7200, 14_400, 21_600, 21_600];
    const times = [0, 30, 90, 210, 510, 1410, 3210, 6810, 14_010, 28_410, 50_010, 71_610];
    expect(tried).toEqual(times.map((at, index) => ({ at, delay: delays[index] })));
    const attempts = times.map((at, index) => ({
      number: index + 1,
      at,
      latencyMs: 0,
      status: 500,
      error: 'status 500',
    }));
    const end = times.at(-1);
    expect(await stored(id)).toEqual({ status: 'failed', next: null, leased: null, finished: end, attempts });
    const requests = await seen();
    expect(requests).toHaveLength(12);
    expect(new Set(idsOf(requests)).size).toBe(1);
    await sweepDeliveries({ ctx: contextIn(2 * DAY) });
    expect(await seen()).toHaveLength(12);
  });

  it.each([
    [0, 24],
    [0.25, 27],
    [1, 36],
  ])('comes back a fifth earlier or later: at %f of the range after %i seconds', async (random, seconds) => {
    jitter(random);
    const { ids } = await sending(1, FAILING);
    await deliverIn(0, ids);
    expect((await stored(ids[0] ?? 0)).next).toBe(seconds);
  });

  it('that is late each time still has its twelve attempts in its day', async () => {
    jitter(1);
    const { ids } = await sending(1, FAILING);
    const tried = await untilOver(ids[0] ?? 0);
    expect(tried).toHaveLength(12);
    expect(tried.at(-1)?.at).toBeLessThan(DAY);
  });

  it('is given up when its day is over, without another attempt', async () => {
    const { ids, seen } = await sending(1);
    await deliverIn(DAY, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'failed', finished: DAY, attempts: [] });
    expect(await seen()).toEqual([]);
  });

  it('whose channel was disabled is given up when its turn comes', async () => {
    const { ids, seen, channel } = await sending(2);
    await env.DB.prepare('UPDATE channels SET enabled = 0 WHERE id = ?').bind(channel).run();
    await deliverIn(1, ids.slice(0, 1));
    await env.DB.prepare('DELETE FROM channels WHERE id = ?').bind(channel).run();
    await deliverIn(2, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'failed', finished: 1, attempts: [] });
    expect(await stored(ids[1] ?? 0)).toMatchObject({ status: 'failed', finished: 2, attempts: [] });
    expect(await seen()).toEqual([]);
  });
});

describe('a receiver', () => {
  it('can verify each attempt, by the package of Standard Webhooks, and knows it by its id', async () => {
    // The package refuses what is five minutes old.
    const now = Math.ceil((Date.now() - NOW.getTime()) / 1000);
    const { seen, url } = await inbox(FAILING, FINE);
    const ids = await notified({ channelIds: [await channelTo(url)], seconds: now });
    await deliverIn(now, ids);
    await deliverIn(now + 30, ids);
    const requests = await seen();
    const receiver = new Webhook(SECRET);
    const payload = { kind: 'alert.raised', at: NOW.toISOString(), url: null };
    for (const { body, headers } of requests) {
      expect(receiver.verify(body, headers)).toMatchObject({ type: 'alert.raised', data: payload });
      expect(() => receiver.verify(`${body} `, headers)).toThrow();
    }
    expect(idsOf(requests)).toEqual([`msg_${ids[0]}`, `msg_${ids[0]}`]);
    const times = requests.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(30);
  });
});

describe('a receiver that', () => {
  it.each([
    ['600', 600],
    ['1', 30],
    ['86400', 6 * 3600],
    ['Sat, 21 Nov 2026 09:40:00 GMT', 600],
    ['soon', 30],
  ])('answers 429 is left alone as it asks, for six hours at most: Retry-After %s', async (value, next) => {
    const { ids } = await sending(1, { status: 429, headers: { 'Retry-After': value } });
    const sent = await deliverIn(0, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'pending', next, attempts: [{ status: 429 }] });
    expect(sent).toEqual([{ ids, delaySeconds: next }]);
  });

  it('redirects to the metadata service has failed', async () => {
    const headers = { Location: 'http://169.254.169.254/latest/meta-data/' };
    const { ids } = await sending(1, { status: 302, headers });
    await deliverIn(0, ids);
    const attempts = [{ status: 302, error: 'a redirect, which is not followed' }];
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'pending', next: 30, attempts });
  });

  it('answers with 100 MB is believed its status', async () => {
    const { ids } = await sending(1, { status: 200, bytes: 100_000_000 });
    await deliverIn(0, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'delivered', attempts: [{ status: 200, error: null }] });
  });

  it.each([400, 401, 404, 408, 425, 503])('answers %i is tried again: receivers get mended', async (status) => {
    const { ids } = await sending(1, { status }, FINE);
    await deliverIn(0, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'pending', next: 30, attempts: [{ status }] });
    await deliverIn(30, ids);
    expect(await stored(ids[0] ?? 0)).toMatchObject({ status: 'delivered', attempts: [{ status }, { status: 200 }] });
  });

  it('is down for an hour gets everything afterwards, once', async () => {
    const { ids, seen, answers } = await sending(3, 'reset');
    const sweep = async (...minutes: number[]) => {
      for (const minute of minutes) await sweepDeliveries({ ctx: contextIn(minute * 60) });
    };
    await sweep(0, 1, 2, 3, 4, 5, 8, 9, 10, 23, 24, 25, 53, 54, 59);
    const down = (await seen()).length;
    await answers(FINE);
    await sweep(60, 61, 113, 114, 115, 180);
    for (const id of ids) {
      const { status, attempts } = await stored(id);
      expect(status).toBe('delivered');
      const ends = attempts.map(({ status, error }) => [status, error]);
      const lost = Array.from({ length: 7 }, () => [null, 'no connection']);
      expect(ends).toEqual([...lost, [200, null]]);
      // Each retry is due at its own second; the cron comes by every minute.
      expect(attempts.map(({ at }) => (at ?? 0) / 60)).toEqual([0, 1, 2, 4, 9, 24, 54, 114]);
    }
    expect(idsOf((await seen()).slice(down)).sort()).toEqual([...new Set(idsOf(await seen()))].sort());
  });

  it('has a name that cannot be looked up, or one that leads inward, has failed', async () => {
    await resolveNames({ 'inward.example': ['1.1.1.1', '10.0.0.1'], 'unresolved.example': 2 });
    const ends: unknown[] = [];
    for (const name of ['inward.example', 'unresolved.example']) {
      const ids = await notified({ channelIds: [await channelTo(`https://${name}/hook`)] });
      await deliverIn(0, ids);
      const { status, next, attempts } = await stored(ids[0] ?? 0);
      ends.push([status, next, attempts[0]?.status, attempts[0]?.error]);
    }
    expect(ends).toEqual([
      ['pending', 30, null, 'the name resolves to an address that is not public'],
      ['pending', 30, null, 'the name could not be looked up'],
    ]);
  });

  it('answers 410 has its channel disabled, and what else was on its way to it is given up', async () => {
    const { ids, seen, channel } = await sending(4, FINE, { status: 410 });
    const other = await sending(1);
    const [first = 0, gone = 0, third = 0, fourth = 0] = ids;
    await deliverIn(5, [first, gone, third]);
    expect(await stored(first)).toMatchObject({ status: 'delivered' });
    expect(await stored(gone)).toMatchObject({ status: 'failed', finished: 5, attempts: [{ status: 410 }] });
    for (const id of [third, fourth]) {
      expect(await stored(id)).toEqual({ status: 'failed', next: null, leased: null, finished: 5, attempts: [] });
    }
    expect(await seen()).toHaveLength(2);
    const row = await env.DB.prepare('SELECT * FROM channels WHERE id = ?').bind(channel).first();
    expect(row).toMatchObject({ enabled: 0, disabled_reason: 'Its receiver answered 410 Gone.' });
    const [audited] = await auditOf(`channel:${channel}`);
    expect(audited).toMatchObject({ actor: 'system:cron', action: 'channel.disable', after: { enabled: 0 } });
    expect(await notified({ channelIds: [channel] })).toEqual([]);
    expect(await stored(other.ids[0] ?? 0)).toMatchObject({ status: 'pending' });
    await deliverIn(5, other.ids);
    expect(await stored(other.ids[0] ?? 0)).toMatchObject({ status: 'delivered' });
  });

  it('hangs holds up no other channel, and gets one attempt in a run', async () => {
    const hung = await sending(3, 'hang');
    const good = await sending(5);
    const { timeout } = AbortSignal;
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 20));
    const ctx = contextIn(0);
    const start = Date.now();
    // Twenty seconds pass in one.
    ctx.clock = () => new Date(NOW.getTime() + (Date.now() - start) * 20);
    await deliver({ ctx, input: { deliveryIds: [...hung.ids, ...good.ids] } });
    expect(await good.seen()).toHaveLength(5);
    const [first = 0, ...rest] = hung.ids;
    const { status, attempts } = await stored(first);
    expect({ status, attempts }).toMatchObject({
      status: 'pending',
      attempts: [{ error: 'no answer within 15 seconds' }],
    });
    expect(attempts[0]?.latencyMs).toBeGreaterThanOrEqual(14_900);
    for (const id of rest) expect(await stored(id)).toMatchObject({ next: 0, leased: null, attempts: [] });
    await hung.answers(FINE);
    await sweepDeliveries({ ctx: contextIn(120) });
    for (const id of hung.ids) expect(await stored(id)).toMatchObject({ status: 'delivered' });
  });
});

/** The database of a process that dies after so many calls: nothing that it asks later is done. */
function dyingAfter(calls: number): Context['db'] {
  let left = calls;
  const alive = <T>(work: () => Promise<T>) => (left-- > 0 ? work() : Promise.reject(new Error('the process is dead')));
  const originals = new WeakMap<object, D1PreparedStatement>();
  const dying = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapper = {
      bind: (...values: unknown[]) => dying(statement.bind(...values)),
      all: () => alive(() => statement.all()),
      run: () => alive(() => statement.run()),
      raw: () => alive(() => statement.raw()),
    } as unknown as D1PreparedStatement;
    originals.set(wrapper, statement);
    return wrapper;
  };
  return database({
    prepare: (sql: string) => dying(env.DB.prepare(sql)),
    batch: (some: D1PreparedStatement[]) => alive(() => env.DB.batch(some.map((one) => originals.get(one) ?? one))),
  } as unknown as D1Database);
}

describe('of a hundred deliveries', () => {
  it('each is made once though the worker dies in the middle; only what was under way is sent twice', async () => {
    const { ids, seen } = await sending(100);
    const ctx = { ...contextIn(0), db: dyingAfter(42) };
    await expect(deliver({ ctx, input: { deliveryIds: ids } })).rejects.toThrow();
    // One call to find them, one to take them, and one for each that was written down.
    expect(await seen()).toHaveLength(41);
    await sweepDeliveries({ ctx: contextIn(59) });
    expect(await seen()).toHaveLength(41);
    await sweepDeliveries({ ctx: contextIn(61) });
    const once = { status: 'delivered', attempts: [{ number: 1 }] };
    expect(await allStored(ids)).toMatchObject(ids.map(() => once));
    const made = idsOf(await seen());
    expect(made).toHaveLength(101);
    expect(new Set(made).size).toBe(100);
  });

  it('each is made once by three consumers and two crons at once', async () => {
    const { ids, seen } = await sending(100);
    await Promise.all([
      deliverIn(0, ids),
      deliverIn(0, ids.toReversed()),
      deliverIn(0, ids),
      sweepDeliveries({ ctx: contextIn(0) }),
      sweepDeliveries({ ctx: contextIn(0) }),
    ]);
    const made = idsOf(await seen());
    expect(made).toHaveLength(100);
    expect(new Set(made).size).toBe(100);
    const once = { status: 'delivered', attempts: [{ number: 1 }] };
    expect(await allStored(ids)).toMatchObject(ids.map(() => once));
  });

  it('as many as fit into half a minute are made, and the other channels are not kept waiting', async () => {
    const busy = await sending(100);
    const quiet = await sending(3);
    const ctx = contextIn(0);
    let calls = 0;
    // Each look at the clock takes a quarter of a second.
    ctx.clock = () => new Date(NOW.getTime() + 250 * calls++);
    await deliver({ ctx, input: { deliveryIds: [...busy.ids, ...quiet.ids] } });
    const made = (await busy.seen()).length;
    expect(made).toBeGreaterThan(10);
    expect(made).toBeLessThan(60);
    expect(await quiet.seen()).toHaveLength(3);
    const left = busy.ids.slice(made);
    expect(await allStored(left)).toMatchObject(left.map(() => ({ status: 'pending', leased: null })));
    await sweepDeliveries({ ctx: contextIn(60) });
    expect(new Set(idsOf(await busy.seen())).size).toBe(100);
    expect(await busy.seen()).toHaveLength(100);
  });
});

describe('an answer that comes late', () => {
  /** Sends a delivery; while its receiver thinks, `meanwhile` happens. */
  async function interrupted(mood: Mood, meanwhile: (id: number) => Promise<unknown>) {
    const { ids } = await sending(1, mood);
    const [id = 0] = ids;
    const { fetch } = globalThis;
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      spy.mockRestore();
      const response = await fetch(input, init);
      await meanwhile(id);
      return response;
    });
    await deliverIn(0, ids);
    return stored(id);
  }
  const givenUp = (id: number) =>
    env.DB.prepare(
      "UPDATE deliveries SET status = 'failed', next_attempt_at = NULL, leased_until = NULL, finished_at = 0 WHERE id = ?",
    )
      .bind(id)
      .run();

  it('with a 2xx counts, though it was given up', async () => {
    expect(await interrupted(FINE, givenUp)).toMatchObject({ status: 'delivered', attempts: [{ status: 200 }] });
  });

  it('with a failure does not bring it back', async () => {
    expect(await interrupted(FAILING, givenUp)).toMatchObject({ status: 'failed', next: null });
  });
});
