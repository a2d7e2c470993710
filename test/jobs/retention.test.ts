import { env } from 'cloudflare:workers';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepPending } from '../../src/alerts/sweep-pending.ts';
import { database } from '../../src/db/client.ts';
import { newEvent } from '../../src/events/contract.ts';
import { ingestEvents } from '../../src/events/ingest-events.ts';
import { patchEvent } from '../../src/events/patch-event.ts';
import { foldCounts } from '../../src/reports/fold-counts.ts';
import { moveToColdStore } from '../../src/retention/move-to-cold-store.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { bucketWith, dbFailingAt, failing } from '../support/evidence.ts';
import { ADMIN, contextAt } from '../support/operations.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue } from '../support/rollups.ts';
import { runCron } from '../support/worker.ts';

// 90 days before: what is older than 2026-08-23T00:00:00Z moves.
const NOW = new Date('2026-11-21T09:30:00Z');
const MINUTE = 60_000;

let admin: string;
let member: string;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  admin = await signedIn('admin');
  member = await signedIn('member');
});
beforeEach(async () => {
  const tables = 'events alerts sweeps event_objects retention_lease event_counts alert_counts watermarks'.split(' ');
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  for (const key of await keys()) await env.EVIDENCE.delete(key);
});

type Fields = { severity?: string; description?: string; attributes?: object; dedup_key?: string };

/** Takes in an event at each of these times; their ids. */
async function taken(times: string[], fields: Fields = {}): Promise<number[]> {
  const ids: number[] = [];
  for (const time of times) {
    const input = [newEvent.parse({ source: 'fw-1', event_type: 'scan', severity: 'low', ...fields })];
    ids.push(...(await ingestEvents({ ctx: contextAt(new Date(time)), input })));
  }
  return ids;
}

/** So many events of one day, a second apart or less, with so many bytes of attributes. */
async function fill(count: number, { day = '2026-08-01', bytes = 20 } = {}): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
     INSERT INTO events (timestamp, source, event_type, severity, description, attributes, submitted_by, request_id, origin)
     SELECT ?2 + i, 'sensor-' || (i % 50), 'scan', 'low', 'Port scan of host ' || i, json_object('x', printf('%.*c', ?3, 'x')),
       'sensor:1', 'r' || i, '{"country":"DE","asn":3320,"colo":"FRA"}' FROM n`,
  )
    .bind(count, Date.parse(day), bytes)
    .run();
}

async function fold(): Promise<void> {
  await makeFoldDue();
  await foldCounts({ ctx: contextAt(NOW) });
}

type Changes = Partial<ReturnType<typeof contextAt>> & { minutes?: number };

/** A run, some minutes later than now if need be. */
function move({ minutes = 0, ...changes }: Changes = {}): Promise<number> {
  return moveToColdStore({ ctx: { ...contextAt(new Date(NOW.getTime() + minutes * MINUTE)), ...changes } });
}

const keys = async () => (await env.EVIDENCE.list({ prefix: 'cold/' })).objects.map(({ key }) => key);

type Manifest = { id: number; day: string; key: string; first_id: number; last_id: number; rows: number; kept: number };

const manifest = async () =>
  (await env.DB.prepare('SELECT * FROM event_objects ORDER BY id').all<Manifest & { sha256: string }>()).results;

const idsInDatabase = async () =>
  (await env.DB.prepare('SELECT id FROM events ORDER BY id').all<{ id: number }>()).results.map(({ id }) => id);

/** What the objects of the bucket hold, with the day that their key says. */
async function cold(): Promise<{ day: string; id: number; [column: string]: unknown }[]> {
  const rows = await Promise.all(
    (await keys()).map(async (key) => {
      const file = await (await env.EVIDENCE.get(key))?.arrayBuffer();
      const [, day = ''] = key.match(/^cold\/events\/day=([\d-]+)\/part-\d+\.parquet$/) ?? [];
      const found = await parquetReadObjects({ file: file ?? new ArrayBuffer(0) });
      return found.map((row) => ({ ...row, day, id: Number(row.id) }));
    }),
  );
  return rows.flat().sort((one, other) => one.id - other.id);
}

/** Each id that was ever given is in the database or in one object, and nowhere twice but where an alert keeps it. */
async function expectNothingLost(count: number): Promise<void> {
  const objects = await manifest();
  const moved = objects.reduce((sum, { rows, kept }) => sum + rows - kept, 0);
  expect((await idsInDatabase()).length + moved).toBe(count);
  expect(await keys()).toEqual(objects.map(({ key }) => key).sort());
  const ids = (await cold()).map(({ id }) => id);
  expect(ids.length).toBe(objects.reduce((sum, { rows }) => sum + rows, 0));
  expect(new Set([...ids, ...(await idsInDatabase())]).size).toBe(count);
  expect(new Set(ids).size).toBe(ids.length);
}

const OLD = '2026-08-01T12:00:00Z';
const YOUNG = '2026-11-21T09:00:00Z';

describe('moving to the cold store', () => {
  it('takes whole days in UTC that are older than the retention, an object a day', async () => {
    const times = ['2026-08-21T23:59:59.999Z', '2026-08-22T00:00:00.000Z', '2026-08-22T23:59:59.999Z'];
    const old = await taken(times);
    const young = await taken(['2026-08-23T00:00:00.000Z', YOUNG]);
    await fold();
    expect(await move()).toBe(3);
    expect(await idsInDatabase()).toEqual(young);
    expect((await cold()).map(({ id, day, timestamp }) => [id, day, timestamp])).toEqual(
      times.map((time, index) => [old[index], time.slice(0, 10), new Date(time)]),
    );
    expect((await manifest()).map(({ day, rows, kept }) => [day, rows, kept])).toEqual([
      ['2026-08-21', 1, 0],
      ['2026-08-22', 2, 0],
    ]);
    const tomorrow = 24 * 60;
    expect(await move({ minutes: tomorrow })).toBe(1);
    expect(await idsInDatabase()).toEqual(young.slice(1));
    await expectNothingLost(5);
  });

  it('puts each event into its own day, even when ids and clocks disagree at midnight', async () => {
    const times = ['2026-08-01T23:59:59.990Z', '2026-08-02T00:00:00.010Z', '2026-08-01T23:59:59.995Z'];
    await taken([...times, '2026-08-02T00:00:00.020Z', YOUNG]);
    await fold();
    expect(await move()).toBe(4);
    for (const { day, timestamp } of await cold()) expect((timestamp as Date).toISOString()).toContain(day);
    await expectNothingLost(5);
  });

  it('keeps every field', async () => {
    const attributes = { script: 'Write-Host "…" \u2028 𝕏', nested: { list: [1, 2.5, null, true] } };
    await taken([OLD], { description: 'Zeile 1\nZeile 2\t€', attributes });
    await env.DB.prepare("UPDATE events SET ip = '2001:db8::1', sensor_id = 3, occurred_at = 1785585598000").run();
    await taken([OLD, YOUNG]);
    await fold();
    await move();
    const [first, second] = await cold();
    const expected = { source: 'fw-1', event_type: 'scan', severity: 'low', ip: '2001:db8::1', sensor_id: 3n };
    expect(first).toMatchObject({ ...expected, description: 'Zeile 1\nZeile 2\t€', submitted_by: 'system:cron' });
    expect(first?.occurred_at).toEqual(new Date(1785585598000));
    expect(JSON.parse(first?.attributes as string)).toEqual(attributes);
    expect(JSON.parse(first?.origin as string)).toEqual({ country: null, asn: null, colo: null });
    const nothing = [second?.ip, second?.sensor_id, second?.occurred_at, second?.external_id, second?.alert_id];
    for (const value of nothing) expect(value ?? null).toBeNull();
  });

  it('cuts a large day into objects, and a run into what the next one goes on with', async () => {
    await fill(20_500);
    await fill(1_200, { day: '2026-08-02', bytes: 15_000 });
    await fill(1, { day: '2026-11-20' });
    await fold();
    await fold();
    await move();
    expect((await manifest()).map(({ day, rows }) => [day, rows])).toEqual([
      ['2026-08-01', 10_000],
      ['2026-08-01', 10_000],
      ['2026-08-01', 500],
      ['2026-08-02', 500],
      ['2026-08-02', 500],
      ['2026-08-02', 200],
    ]);
    await expectNothingLost(21_701);
  });

  it('is a job of the cron, and off when the retention is 0', async () => {
    await taken([OLD, YOUNG]);
    await fold();
    await runCron('*/5 * * * *', { EVENT_RETENTION_DAYS: '0' });
    expect(await keys()).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    await runCron('*/5 * * * *').finally(() => vi.useRealTimers());
    expect((await manifest()).length).toBe(1);
    await expectNothingLost(2);
  });

  it('reads little when nothing is due', async () => {
    await fill(5_000, { day: '2026-11-20' });
    await fold();
    const { db, cost } = countedDb(env.DB);
    expect(await move({ db: database(db) })).toBe(0);
    expect(cost.rowsRead).toBeLessThan(150);
  });
});

describe('a move that goes wrong', () => {
  beforeEach(async () => {
    await taken([OLD, OLD, OLD, YOUNG]);
    await fold();
  });

  it('between the object and the database is completed by the next run', async () => {
    await expect(move({ db: database(dbFailingAt(/insert into "event_objects"/i)) })).rejects.toThrow();
    expect((await keys()).length).toBe(1);
    expect(await idsInDatabase()).toHaveLength(4);
    // One of the events changes before the next run: the object that was left is written anew.
    const [first = 0] = await idsInDatabase();
    await expectStatus(
      await call('PATCH', `/api/v1/events/${first}`, { token: admin, body: { description: 'x' } }),
      200,
    );
    expect(await move()).toBe(3);
    expect((await cold())[0]).toMatchObject({ id: first, description: 'x' });
    await expectNothingLost(4);
  });

  it('by the death of the run is completed when its lease is over', async () => {
    await env.DB.prepare("INSERT INTO retention_lease VALUES (1, 'dead', ?)").bind(NOW.getTime()).run();
    expect(await move({ minutes: 19 })).toBe(0);
    expect(await keys()).toEqual([]);
    expect(await move({ minutes: 20 })).toBe(3);
    await expectNothingLost(4);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM retention_lease').first('n')).toBe(0);
  });

  it('because it lost its lease deletes nothing', async () => {
    const evidence = bucketWith({
      put: async (...args: Parameters<R2Bucket['put']>) => {
        await env.DB.prepare("UPDATE retention_lease SET holder = 'another'").run();
        return env.EVIDENCE.put(...args);
      },
    });
    expect(await move({ evidence })).toBe(0);
    expect(await idsInDatabase()).toHaveLength(4);
    expect(await manifest()).toEqual([]);
  });

  it('because R2 fails deletes nothing', async () => {
    for (const method of ['put', 'get'] as const) {
      await expect(move({ evidence: bucketWith({ [method]: failing }) })).rejects.toThrow('internal error');
      expect(await idsInDatabase()).toHaveLength(4);
      expect(await manifest()).toEqual([]);
    }
    expect(await move()).toBe(3);
    await expectNothingLost(4);
  });

  it.each([
    ['is gone', async () => null],
    ['was cut', async (key: string) => env.EVIDENCE.get(key, { range: { offset: 0, length: 900 } })],
    ['is another', async () => new Response('x'.repeat(1_000))],
  ])('because the object %s deletes nothing', async (_, get) => {
    await expect(move({ evidence: bucketWith({ get }) })).rejects.toThrow('is not what was written');
    expect(await idsInDatabase()).toHaveLength(4);
    expect(await manifest()).toEqual([]);
  });

  it('loses no change that was made in between', async () => {
    const [first = 0, second = 0] = await idsInDatabase();
    const during = (work: () => Promise<unknown>) =>
      bucketWith({
        put: async (...args: Parameters<R2Bucket['put']>) => {
          await work();
          return env.EVIDENCE.put(...args);
        },
      });
    const patch = { description: 'changed' };
    const ctx = contextAt(NOW, ADMIN);
    const patched = during(() => patchEvent({ ctx, input: { id: first, patch } }));
    expect(await move({ evidence: patched })).toBe(0);
    expect(await idsInDatabase()).toHaveLength(4);
    const deleted = during(() => call('DELETE', `/api/v1/events/${second}`, { token: admin }));
    expect(await move({ evidence: deleted })).toBe(0);
    expect(await manifest()).toEqual([]);
    expect(await move()).toBe(2);
    expect((await cold()).map(({ id, description }) => [id, description])).toEqual([
      [first, 'changed'],
      [first + 2, ''],
    ]);
  });

  it('by runs that overlap moves everything once', async () => {
    await fill(2_000, { day: '2026-08-02' });
    await taken([YOUNG]);
    await fold();
    const moved = await Promise.all([move(), move(), move(), move()]);
    expect(moved.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(2_003);
    await move();
    await expectNothingLost(2_005);
  });
});

describe('what is around a moved event', () => {
  it('an alert keeps its event, which is in the store as well, once', async () => {
    const [high = 0] = await taken([OLD], { severity: 'high' });
    await taken([OLD, YOUNG]);
    await sweepPending({ ctx: contextAt(NOW) });
    await fold();
    expect(await move()).toBe(2);
    expect(await manifest()).toMatchObject([{ rows: 2, kept: 1 }]);
    const { data } = await expectStatus(await call('GET', '/api/v1/alerts', { token: member }), 200);
    expect(data).toMatchObject([{ event: { id: high, severity: 'high' } }]);
    expect((await cold())[0]).toMatchObject({ id: high, alert_id: BigInt(data[0].id) });
    expect(await move()).toBe(0);
    await expectNothingLost(3);
  });

  it('of those that joined an alert only the one that it shows stays, and it goes on counting the others', async () => {
    const ids = await taken([OLD, OLD, '2026-08-02T12:00:00Z', YOUNG, YOUNG], { severity: 'high', dedup_key: 'k' });
    await sweepPending({ ctx: contextAt(NOW) });
    await fold();
    expect(await move()).toBe(3);
    expect(await idsInDatabase()).toEqual([ids[0], ids[3], ids[4]]);
    expect(await manifest()).toMatchObject([
      { rows: 2, kept: 1 },
      { rows: 1, kept: 0 },
    ]);
    await expectNothingLost(5);
    const { data } = await expectStatus(await call('GET', '/api/v1/alerts?dedup_key=k', { token: member }), 200);
    const [alert] = data;
    expect(alert).toMatchObject({ event: { id: ids[0] }, event_count: 5, first_seen: new Date(OLD).toISOString() });
    expect((await cold()).map(({ dedup_key, alert_id }) => [dedup_key, alert_id])).toEqual(
      Array.from({ length: 3 }, () => ['k', BigInt(alert.id)]),
    );
    const events = async () =>
      expectStatus(await call('GET', `/api/v1/alerts/${alert.id}/events`, { token: member }), 200);
    const page = await events();
    expect(page).toMatchObject({ in_cold_store: 2, data: [{ id: ids[4] }, { id: ids[3] }, { id: ids[0] }] });

    // The one that it shows goes: the next one is shown, and the times stay, as those of the others are not at hand.
    await expectStatus(await call('DELETE', `/api/v1/events/${ids[0]}`, { token: admin }), 204);
    const after = await expectStatus(await call('GET', `/api/v1/alerts/${alert.id}`, { token: member }), 200);
    expect(after).toMatchObject({ event: { id: ids[3] }, event_count: 4, first_seen: alert.first_seen });
    expect((await events()).in_cold_store).toBe(2);
  });

  it('one that an alert shows only since it was read stays', async () => {
    const [first = 0, second = 0] = await taken([OLD, OLD], { severity: 'high', dedup_key: 'k' });
    await taken(['2026-08-02T12:00:00Z', YOUNG], { severity: 'high', dedup_key: 'k' });
    await sweepPending({ ctx: contextAt(NOW) });
    await fold();
    let removed = false;
    const evidence = bucketWith({
      put: async (...args: Parameters<R2Bucket['put']>) => {
        if (!removed && args[0].includes('2026-08-02')) {
          removed = true;
          await expectStatus(await call('DELETE', `/api/v1/events/${first}`, { token: admin }), 204);
        }
        return env.EVIDENCE.put(...args);
      },
    });
    expect(await move({ evidence })).toBe(3);
    const shown = (await idsInDatabase())[0];
    expect(shown).toBe(second + 1);
    const { results } = await env.DB.prepare('SELECT event_id, event_count FROM alerts').all();
    expect(results).toEqual([{ event_id: shown, event_count: 3 }]);
  });

  it('one that owes an alert is waited for, with those behind it', async () => {
    await taken([OLD]);
    const [pending = 0] = await taken([OLD], { severity: 'high' });
    await taken([OLD, YOUNG]);
    await fold();
    expect(await move()).toBe(1);
    expect(await idsInDatabase()).toHaveLength(3);
    await sweepPending({ ctx: contextAt(NOW) });
    expect(await move()).toBe(2);
    expect(await idsInDatabase()).toEqual([pending, pending + 2]);
    await expectNothingLost(4);
  });

  it('reports count it for good, and their counts of its day are not made anew', async () => {
    await taken([OLD, OLD, YOUNG]);
    expect(await move()).toBe(0);
    await fold();
    const total = async () => {
      const range = 'from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z';
      return (await expectStatus(await call('GET', `/api/v1/reports/summary?${range}`, { token: member }), 200)).events
        .total;
    };
    expect(await total()).toBe(2);
    expect(await move()).toBe(2);
    await fold();
    expect(await total()).toBe(2);
    const day = '/api/v1/reports/rollups/2026-08-01';
    const refused = await expectStatus(await call('GET', day, { token: admin }), 409);
    expect(refused.detail).toContain('cold store');
    await expectStatus(await call('POST', `${day}/rebuild`, { token: admin }), 409);
    await expectStatus(await call('GET', '/api/v1/reports/rollups/2026-08-02', { token: admin }), 200);
    expect(await total()).toBe(2);
  });

  it('its id is never given again, even when nothing newer came', async () => {
    const ids = await taken([OLD, OLD, OLD]);
    await fold();
    expect(await move()).toBe(2);
    const newest = ids[2] ?? 0;
    expect(await idsInDatabase()).toEqual([newest]);
    await expectStatus(await call('DELETE', `/api/v1/events/${newest}`, { token: admin }), 409);
    expect(await taken([YOUNG])).toEqual([newest + 1]);
    await expectStatus(await call('DELETE', `/api/v1/events/${newest}`, { token: admin }), 204);
    await expectStatus(await call('DELETE', `/api/v1/events/${newest}`, { token: admin }), 404);
  });

  it('of two admins who delete the last two events at once the second keeps event and alert', async () => {
    const low = await taken([OLD]);
    const high = await taken([YOUNG, YOUNG], { severity: 'high' });
    await sweepPending({ ctx: contextAt(NOW) });
    await fold();
    expect(await move()).toBe(low.length);
    const remove = (id: number) => call('DELETE', `/api/v1/events/${id}`, { token: admin });
    const answers = await Promise.all(high.map(remove));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const [left = 0] = await idsInDatabase();
    const { results } = await env.DB.prepare('SELECT event_id FROM alerts').all();
    expect(results).toEqual([{ event_id: left }]);
    const day = `/api/v1/reports/rollups/${YOUNG.slice(0, 10)}`;
    const { differences } = await expectStatus(await call('GET', day, { token: admin }), 200);
    expect(differences).toEqual([]);
  });

  it('who asks for it is told where it is', async () => {
    const [first = 0, , newest = 0] = await taken([OLD, OLD, YOUNG]);
    await fold();
    await move();
    const [object] = await manifest();
    const { detail } = await expectStatus(await call('GET', `/api/v1/events/${first}`, { token: member }), 404);
    expect(detail).toContain(`/events/cold-store/${object?.id}/content`);
    const never = await expectStatus(await call('GET', `/api/v1/events/${newest + 1}`, { token: member }), 404);
    expect(never.detail).not.toContain('cold');
  });
});

describe('the manifest', () => {
  beforeEach(async () => {
    await taken([OLD, '2026-08-02T12:00:00Z', YOUNG]);
    await fold();
    await move();
  });

  it('is listed, newest first, by day if asked', async () => {
    const list = async (query = '') =>
      expectStatus(await call('GET', `/api/v1/events/cold-store${query}`, { token: admin }), 200);
    const [first, second] = await manifest();
    expect((await list()).data).toMatchObject([{ id: second?.id }, { id: first?.id }]);
    expect((await list('?day=2026-08-01')).data).toMatchObject([{ ...first, moved_at: NOW.toISOString() }]);
    expect((await list('?day=2026-08-03')).data).toEqual([]);
    const page = await list('?limit=1');
    expect((await list(`?limit=1&cursor=${page.next_cursor}`)).data).toMatchObject([{ id: first?.id }]);
    const bad = await expectStatus(
      await call('GET', '/api/v1/events/cold-store?day=2026-08-32', { token: admin }),
      400,
    );
    expect(bad.errors).toMatchObject([{ pointer: 'query/day' }]);
  });

  it('leads to the files, and who took one is written down', async () => {
    const [object] = await manifest();
    const path = `/api/v1/events/cold-store/${object?.id}/content`;
    const response = await call('GET', path, { token: admin });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/vnd.apache.parquet');
    const file = await response.arrayBuffer();
    expect(await parquetReadObjects({ file })).toHaveLength(1);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
    expect(object?.sha256).toBe(hash.toHex());
    const query = `target=object:${object?.key}`;
    const { data } = await expectStatus(await call('GET', `/api/v1/auditlogs?${query}`, { token: admin }), 200);
    expect(data.slice(0, 2)).toMatchObject([
      { action: 'retention.download', actor: 'user:admin' },
      { action: 'retention.move', actor: 'system:cron', after: { rows: 1, sha256: object?.sha256 } },
    ]);
    await expectStatus(await call('GET', '/api/v1/events/cold-store/999999/content', { token: admin }), 404);
    await env.EVIDENCE.delete(object?.key ?? '');
    await expectStatus(await call('GET', path, { token: admin }), 404);
  });

  it('and its files, which hold addresses, are the admin’s only', async () => {
    const [object] = await manifest();
    for (const path of ['/events/cold-store', `/events/cold-store/${object?.id}/content`]) {
      const refused = await expectStatus(await call('GET', `/api/v1${path}`, { token: member }), 403);
      expect(refused.detail).toContain('event_object.read');
    }
  });
});
