import { env } from 'cloudflare:workers';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { database } from '../../src/db/client.ts';
import { announceEndedSilences } from '../../src/silences/announce-ended-silences.ts';
import { selectSilences } from '../../src/silences/match-silence.ts';
import { planMaintenance } from '../../src/silences/plan-maintenance.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { channelTo } from '../support/deliveries.ts';
import { auditOf, storedAlerts } from '../support/events.ts';
import { dbFailingAtStatement, everyRow } from '../support/failing-statement.ts';
import { eventRow, owing } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { contextAt } from '../support/sensors.ts';
import { from, plannedOf, silenceOf, windowIn, windowOf } from '../support/silences.ts';
import { deliver, raise, runCron } from '../support/worker.ts';

let analyst: string;
let channel: number;
beforeAll(async () => {
  analyst = await signedIn('analyst');
  channel = await channelTo('http://receiver.example/');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

const CRON = { role: 'system', name: 'cron' } as const;
type Job = typeof planMaintenance;

/** A job as it runs in so many hours from now. */
const inHours = (job: Job, hours: number, db?: D1Database) => {
  const { ctx } = contextAt(CRON, { now: new Date(Date.now() + hours * 3_600_000), ...(db ? { db } : {}) });
  return job({ ctx });
};
const end = async (id: number) => expectStatus(await call('DELETE', `/api/v1/silences/${id}`, { token: analyst }), 204);
const actionsOf = async (id: number) => (await auditOf(`silence:${id}`)).map(({ action }) => action);
const told = async (id: number) => {
  const found = env.DB.prepare('SELECT channel_id, kind, key, payload FROM deliveries WHERE subject = ?');
  const { results } = await found.bind(`silence:${id}`).all<Record<string, string>>();
  return results.map(({ payload = '', ...row }) => ({ ...row, payload: JSON.parse(payload) }));
};

describe('the end of a silence', () => {
  it('is told once to whom it says, with the number of events that it suppressed', async () => {
    const other = await channelTo('http://other.example/');
    const silence = await silenceOf(analyst, { matchers: from('told'), announce_to: [channel] });
    const [one = 0, two = 0] = await owing(analyst, { source: 'told' }, { source: 'told' });
    await deliver([raise(one, two)]);
    expect(await inHours(announceEndedSilences, 0.99)).toBe(0);
    await Promise.all(Array.from({ length: 3 }, () => inHours(announceEndedSilences, 1.01)));
    expect(await inHours(announceEndedSilences, 2)).toBe(0);
    expect(await told(silence.id)).toEqual([
      {
        ...{ channel_id: channel, kind: 'silence.ended', key: `silence:${silence.id}/ended` },
        payload: {
          ...{ kind: 'silence.ended', at: expect.any(String), url: null },
          silence: {
            ...{ id: silence.id, reason: 'Upgrade', suppressed_count: 2, ended_by: null },
            ...{ starts_at: silence.starts_at, ends_at: silence.ends_at },
          },
        },
      },
    ]);
    expect((await auditOf(`silence:${silence.id}`)).slice(1)).toMatchObject([
      { actor: 'system:cron', action: 'silence.end', after: { suppressed_count: 2 } },
    ]);
    await env.DB.prepare('DELETE FROM channels WHERE id = ?').bind(other).run();
  });

  it('is told by the cron when somebody ended it, to all channels when it names none, and not if it had not begun', async () => {
    const { id } = await silenceOf(analyst);
    const called = await silenceOf(analyst, {
      starts_at: new Date(Date.now() + 60_000).toISOString(),
    });
    for (const one of [id, called.id]) await end(one);
    await runCron();
    expect(await told(id)).toMatchObject([
      { channel_id: channel, payload: { silence: { ended_by: 'user:analyst', suppressed_count: 0 } } },
    ]);
    expect(await told(called.id)).toEqual([]);
    expect(await actionsOf(called.id)).toEqual(['silence.create', 'silence.end_early']);
  });

  it('waits until nothing that came before it owes an alert, so the number is the last one', async () => {
    const { id } = await silenceOf(analyst, { matchers: from('late') });
    const [event = 0] = await owing(analyst, { source: 'late' });
    await end(id);
    expect(await inHours(announceEndedSilences, 0)).toBe(0);
    await runCron();
    expect(await eventRow(event)).toMatchObject({ alert_state: 'suppressed', silence_id: id });
    expect(await storedAlerts(event)).toBe(0);
    expect(await told(id)).toMatchObject([{ payload: { silence: { suppressed_count: 1 } } }]);
  });

  it('is told whole or not at all when the database fails, and then by the next run', async () => {
    const { id } = await silenceOf(analyst);
    await end(id);
    for (let n = 1; n <= 4; n++) {
      const before = await everyRow();
      await expect(inHours(announceEndedSilences, 0, dbFailingAtStatement(n).db)).rejects.toThrow();
      expect(isDeepStrictEqual(await everyRow(), before)).toBe(true);
    }
    expect(await inHours(announceEndedSilences, 0)).toBe(1);
    expect(await told(id)).toHaveLength(1);
  });
});

describe('planning', () => {
  it('goes on day by day, each occurrence once, whatever runs at the same time or again', async () => {
    const { id, starts_at } = await windowOf(analyst, windowIn(2, { rrule: 'FREQ=HOURLY;INTERVAL=6;COUNT=9' }));
    expect(await plannedOf(analyst, id)).toHaveLength(4);
    await Promise.all(Array.from({ length: 3 }, () => inHours(planMaintenance, 7)));
    await inHours(planMaintenance, 12);
    await inHours(planMaintenance, 30);
    const planned = await plannedOf(analyst, id);
    expect(planned.map(({ starts_at: at }: { starts_at: string }) => Date.parse(at))).toEqual(
      Array.from({ length: 9 }, (_, n) => Date.parse(starts_at) + n * 6 * 3_600_000),
    );
    for (const silence of planned) expect(await actionsOf(silence.id)).toEqual(['silence.plan']);
    expect(await inHours(planMaintenance, 60)).toBe(0);
  });

  it('is done by the cron, and an event that comes in an occurrence raises no alert', async () => {
    const { id } = await windowOf(analyst, windowIn(26, { matchers: from('cron') }));
    expect(await plannedOf(analyst, id)).toEqual([]);
    // As if the day went by.
    const day = 26 * 3_600_000;
    await env.DB.prepare(
      'UPDATE maintenance_windows SET starts_at = starts_at - ?2, ends_at = ends_at - ?2, planned_to = planned_to - ?2 WHERE id = ?1',
    )
      .bind(id, day)
      .run();
    await runCron();
    expect(await plannedOf(analyst, id)).toMatchObject([{ state: 'active' }, { state: 'scheduled' }]);
    const [event = 0] = await owing(analyst, { source: 'cron' });
    await deliver([raise(event)]);
    expect(await storedAlerts(event)).toBe(0);
    expect((await plannedOf(analyst, id))[0]).toMatchObject({ suppressed_count: 1 });
  });

  it('leaves everything as it was when the database fails', async () => {
    const { id } = await windowOf(analyst, windowIn(30));
    for (let n = 1; n <= 4; n++) {
      const before = await everyRow();
      await expect(inHours(planMaintenance, 10, dbFailingAtStatement(n).db)).rejects.toThrow();
      expect(isDeepStrictEqual(await everyRow(), before)).toBe(true);
    }
    await inHours(planMaintenance, 10);
    expect(await plannedOf(analyst, id)).toHaveLength(1);
  });
});

describe('the costs', () => {
  it('of the jobs are a handful of rows when there is nothing to do, and of the silences that are over none', async () => {
    await env.DB.batch([
      env.DB.prepare('DELETE FROM maintenance_windows'),
      env.DB.prepare('UPDATE silences SET announced_at = 0'),
    ]);
    await windowOf(analyst, windowIn(-0.5, { rrule: 'FREQ=DAILY;COUNT=2' }));
    const { db, cost, reset } = countedDb(env.DB);
    expect(await inHours(planMaintenance, 0, db)).toBe(0);
    expect(await inHours(announceEndedSilences, 0, db)).toBe(0);
    expect(cost).toMatchObject({ calls: 2, statements: 2, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(5);
    reset();
    const now = new Date();
    const active = await selectSilences(database(db), { from: new Date(now.getTime() - 86_400_000), to: now });
    expect(active).toHaveLength(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(5);
  });

  it('of one that ended are its mark and the index, its audit row, and its deliveries', async () => {
    const { id } = await silenceOf(analyst);
    await end(id);
    const { db, cost } = countedDb(env.DB);
    expect(await inHours(announceEndedSilences, 0, db)).toBe(1);
    expect(cost).toMatchObject({ calls: 2, statements: 4 });
    // Mark 2, audit row 2, delivery 4.
    expect(cost.rowsWritten).toBeLessThanOrEqual(8);
  });

  it('are the cron alone', async () => {
    const { ctx } = contextAt({ role: 'sensor', sensorId: 1 });
    await expect(announceEndedSilences({ ctx })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(planMaintenance({ ctx })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
