import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { channelTo, deliverIn, NOW, notified, stored } from '../support/deliveries.ts';
import { auditOf } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { inbox } from '../support/receiver.ts';
import { callWith, silentQueue } from '../support/worker.ts';

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
});
beforeEach(async () => {
  await env.DB.batch([env.DB.prepare('DELETE FROM deliveries'), env.DB.prepare('DELETE FROM channels')]);
});

const get = (path: string) => call('GET', `/api/v1/deliveries${path}`, { token: admin });
const post = (path: string, body?: unknown) =>
  callWith('POST', `/api/v1/deliveries${path}`, { token: admin, body, bindings: { DELIVERY_QUEUE: silentQueue } });
const listed = async (query = '') => (await expectStatus(await get(query), 200)).data as { id: number }[];
const idsOf = (data: { id: number }[]) => data.map(({ id }) => id);

/** A delivery that failed for good at this many seconds. */
async function deadLetter(channel: number, { seconds = 0, subject = 'alert:1' } = {}): Promise<number> {
  const [id = 0] = await notified({ channelIds: [channel], subject });
  await env.DB.prepare("UPDATE deliveries SET status = 'failed', next_attempt_at = NULL, finished_at = ? WHERE id = ?")
    .bind(NOW.getTime() + seconds * 1000, id)
    .run();
  return id;
}

describe('a delivery', () => {
  it('is shown with every attempt and what was told', async () => {
    const { url } = await inbox({ status: 500 }, { status: 200 });
    const channel = await channelTo(url);
    const [id = 0] = await notified({ channelIds: [channel] });
    await deliverIn(1, [id]);
    const { next } = await stored(id);
    await deliverIn(next ?? 0, [id]);
    const second = new Date(NOW.getTime() + (next ?? 0) * 1000).toISOString();
    const attempts = [
      { number: 1, at: '2026-11-21T09:30:01.000Z', latency_ms: 0, status: 500, error: 'status 500' },
      { number: 2, at: second, latency_ms: 0, status: 200, error: null },
    ];
    const shown = await expectStatus(await get(`/${id}`), 200);
    expect(shown).toEqual({
      id,
      channel_id: channel,
      kind: 'alert.raised',
      subject: 'alert:1',
      key: expect.stringMatching(/^alert:1\//),
      status: 'delivered',
      attempt_count: 2,
      last_attempt: attempts[1],
      attempts,
      payload: { kind: 'alert.raised', at: NOW.toISOString(), url: null },
      next_attempt_at: null,
      expires_at: '2026-11-22T09:30:00.000Z',
      created_at: NOW.toISOString(),
      finished_at: second,
    });
    const { attempts: _, payload: __, ...summary } = shown;
    expect(await listed()).toEqual([summary]);
    await expectStatus(await get('/999999'), 404);
  });
});

describe('the list', () => {
  it('filters by channel, status, kind, subject and time', async () => {
    const [one, two] = [await channelTo('http://a'), await channelTo('http://b')];
    const [first = 0] = await notified({ channelIds: [one], subject: 'alert:1' });
    const [second = 0] = await notified({ channelIds: [two], subject: 'alert:12', seconds: 60 });
    const failed = await deadLetter(two, { subject: 'alert:12' });
    await env.DB.prepare("UPDATE deliveries SET kind = 'test' WHERE id = ?").bind(first).run();
    expect(idsOf(await listed())).toEqual([failed, second, first]);
    expect(idsOf(await listed('?sort_order=asc'))).toEqual([first, second, failed]);
    expect(idsOf(await listed(`?channel=${two}`))).toEqual([failed, second]);
    expect(idsOf(await listed('?status=PENDING'))).toEqual([second, first]);
    expect(idsOf(await listed('?status=failed'))).toEqual([failed]);
    expect(idsOf(await listed('?kind=test'))).toEqual([first]);
    expect(idsOf(await listed('?subject=alert:12'))).toEqual([failed, second]);
    expect(idsOf(await listed('?subject=alert:1'))).toEqual([first]);
    expect(idsOf(await listed('?from=2026-11-21T09:31:00Z'))).toEqual([second]);
    expect(idsOf(await listed('?to=2026-11-21T09:30:30Z'))).toEqual([failed, first]);
  });

  it.each(['asc', 'desc'])('pages through dead letters by when they failed, each once: %s', async (order) => {
    const channel = await channelTo('http://a');
    const ids: number[] = [];
    // Two fail at each moment, and the later ones have the lower ids.
    for (let n = 0; n < 7; n++) ids.unshift(await deadLetter(channel, { seconds: -Math.floor(n / 2) }));
    await notified({ channelIds: [channel], count: 3 });
    const byTime = await listed('?status=failed&sort_by=finished_at&sort_order=asc&limit=100');
    const times = (byTime as unknown as { finished_at: string }[]).map(({ finished_at }) => finished_at);
    expect(times).toEqual(times.toSorted());
    const expected = order === 'asc' ? idsOf(byTime) : idsOf(byTime).reverse();
    const found: number[] = [];
    for (let cursor = ''; ; ) {
      const query = `?status=failed&sort_by=finished_at&sort_order=${order}&limit=2${cursor}`;
      const { data, next_cursor } = await expectStatus(await get(query), 200);
      found.push(...idsOf(data));
      if (!next_cursor) break;
      cursor = `&cursor=${next_cursor}`;
    }
    expect(found).toEqual(expected);
    const page = await expectStatus(await get('?status=failed&sort_by=finished_at&page=2&limit=3'), 200);
    expect(page).toMatchObject({ total: 7, page: 2 });
    expect(page.data).toHaveLength(3);
  });

  it.each([
    ['?status=lost', 'query/status'],
    ['?kind=alert', 'query/kind'],
    ['?channel=x', 'query/channel'],
    ['?from=yesterday', 'query/from'],
    ['?sort_by=finished_at', 'query/sort_by'],
    ['?sort_by=finished_at&status=failed&subject=alert:1', 'query/sort_by'],
    ['?sort_by=finished_at&status=failed&cursor=12', 'query/cursor'],
    ['?cursor=WyJmaW5pc2hlZF9hdCIsMSwxXQ', 'query/cursor'],
    ['?attempts=3', 'query/attempts'],
  ])('refuses %s', async (query, pointer) => {
    const { errors } = await expectStatus(await get(query), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('a redelivery', () => {
  it('is a new delivery of the same payload, with a day of its own', async () => {
    const { url, seen } = await inbox();
    const channel = await channelTo(url);
    const id = await deadLetter(channel);
    const first = await expectStatus(await get(`/${id}`), 200);
    const again = await expectStatus(await post(`/${id}/redeliver`), 202);
    expect(again).toMatchObject({ status: 'pending', attempts: [], key: `${first.key}/redelivery:1` });
    for (const field of ['channel_id', 'kind', 'subject', 'payload']) expect(again[field]).toEqual(first[field]);
    expect(again.id).not.toBe(id);
    expect(Date.parse(again.expires_at) - Date.parse(again.created_at)).toBe(24 * 3_600_000);
    await deliverIn((Date.parse(again.created_at) - NOW.getTime()) / 1000, [again.id]);
    expect(await seen()).toHaveLength(1);
    expect(await expectStatus(await get(`/${id}`), 200)).toEqual(first);
    const row = (await auditOf(`delivery:${id}`)).at(-1);
    expect(row).toMatchObject({ actor: 'user:admin', action: 'delivery.redeliver', after: { delivery: again.id } });
    // Delivered, it can be sent once more, from either.
    const third = await expectStatus(await post(`/${again.id}/redeliver`), 202);
    expect(third.key).toBe(`${first.key}/redelivery:2`);
  });

  it('is refused while one is pending, and of two at once one is made', async () => {
    const channel = await channelTo('http://a');
    const [pending = 0] = await notified({ channelIds: [channel] });
    expect((await expectStatus(await post(`/${pending}/redeliver`), 409)).detail).toContain('pending');
    const id = await deadLetter(channel);
    const audited = (await auditOf(`delivery:${id}`)).length;
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(`/${id}/redeliver`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    expect(await auditOf(`delivery:${id}`)).toHaveLength(audited + 1);
    expect(await listed()).toHaveLength(3);
    await expectStatus(await post('/999999/redeliver'), 404);
  });

  it('needs a channel that is enabled', async () => {
    const channel = await channelTo('http://a');
    const id = await deadLetter(channel);
    await env.DB.prepare('UPDATE channels SET enabled = 0').run();
    expect((await expectStatus(await post(`/${id}/redeliver`), 409)).detail).toContain('disabled');
    await expectStatus(await post('/redeliver', { channel }), 409);
    await env.DB.prepare('DELETE FROM channels').run();
    await expectStatus(await post(`/${id}/redeliver`), 409);
    await expectStatus(await post('/redeliver', { channel }), 404);
    expect(await listed()).toHaveLength(1);
    expect(await auditOf(`channel:${channel}`)).toEqual([]);
  });
});

describe('the replay of dead letters', () => {
  it('sends each that failed within the time again, once', async () => {
    const { url, seen } = await inbox();
    const [channel, other] = [await channelTo(url), await channelTo(url)];
    for (let n = 0; n < 5; n++) await deadLetter(channel, { seconds: n * 60 });
    await deadLetter(other);
    const range = { channel, from: '2026-11-21T09:31:00Z', to: '2026-11-21T09:33:00Z' };
    const replayed = () => post('/redeliver', range);
    expect(await expectStatus(await replayed(), 202)).toEqual({ redelivered: 3, complete: true });
    expect(await expectStatus(await replayed(), 202)).toEqual({ redelivered: 0, complete: true });
    const [row] = await auditOf(`channel:${channel}`);
    expect(row).toMatchObject({ action: 'delivery.replay', after: { redelivered: 3 } });
    expect(await auditOf(`channel:${channel}`)).toHaveLength(1);
    const pending = (await listed('?status=pending')) as { id: number; created_at: string }[];
    await deliverIn((Date.parse(pending[0]?.created_at ?? '') - NOW.getTime()) / 1000 + 5, idsOf(pending));
    expect(await seen()).toHaveLength(3);
    expect(await expectStatus(await post('/redeliver', { channel }), 202)).toEqual({ redelivered: 2, complete: true });
  });

  it('sends one whose redelivery failed, too, again', async () => {
    const channel = await channelTo('http://a');
    const id = await deadLetter(channel);
    const again = await expectStatus(await post(`/${id}/redeliver`), 202);
    await env.DB.prepare(
      "UPDATE deliveries SET status = 'failed', next_attempt_at = NULL, finished_at = 1 WHERE id = ?",
    )
      .bind(again.id)
      .run();
    expect(await expectStatus(await post('/redeliver', { channel }), 202)).toMatchObject({ redelivered: 1 });
    const [newest] = (await listed('?status=pending')) as unknown as { key: string }[];
    expect(newest?.key).toMatch(/\/redelivery:2$/);
  });

  it('takes a thousand at most, the oldest first, and says so', async () => {
    const channel = await channelTo('http://a');
    await env.DB.prepare(
      `INSERT INTO deliveries (channel_id, kind, subject, key, payload, status, attempts, expires_at, created_at, finished_at)
       SELECT ?, 'test', 'channel:1', value, '{}', 'failed', '[]', 0, 0, value
       FROM (WITH RECURSIVE series (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < 1200)
         SELECT value FROM series)`,
    )
      .bind(channel)
      .run();
    expect(await expectStatus(await post('/redeliver', { channel }), 202)).toEqual({
      redelivered: 1000,
      complete: false,
    });
    expect(await expectStatus(await post('/redeliver', { channel }), 202)).toEqual({
      redelivered: 200,
      complete: true,
    });
  });

  it.each([
    [{}, '#/channel'],
    [{ channel: '1' }, '#/channel'],
    [{ channel: 0 }, '#/channel'],
    [{ channel: 1, from: 'x' }, '#/from'],
    [{ channel: 1, from: '2026-11-22T00:00:00Z', to: '2026-11-21T00:00:00Z' }, '#/from'],
    [{ channel: 1, status: 'failed' }, '#/status'],
  ])('refuses %j', async (body, pointer) => {
    const { errors } = await expectStatus(await post('/redeliver', body), 400);
    expect(errors[0].pointer).toBe(pointer);
  });
});
