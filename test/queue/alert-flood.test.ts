import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { channelTo } from '../support/deliveries.ts';
import { from, policed, step } from '../support/escalation.ts';
import { SCAN, storedAlerts, storedEvents } from '../support/events.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { runCron } from '../support/worker.ts';

const EVENTS = 10_000;
const KEYS = 50;
const BATCH = 1_000;

let admin: string;
let channels: number[];
beforeAll(async () => {
  admin = await signedIn('admin');
  vi.spyOn(console, 'info').mockReturnValue();
  // An address that the guard refuses: what counts is what is told, not who hears it.
  channels = [await channelTo('http://127.0.0.1/'), await channelTo('http://127.0.0.1/')];
  await policed(admin, { matchers: from('flood'), steps: [step(0, ...channels)] });
});

const count = async (rows: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${rows}`).first<number>('n');

describe('a flood of 10,000 Critical events with 50 keys', () => {
  it('is stored within a minute and makes 50 alerts, which count and show all of it', async () => {
    const begin = Date.now();
    const body = Array.from({ length: BATCH }, (_, n) => ({
      ...{ ...SCAN, source: 'flood', severity: 'critical' },
      dedup_key: `key-${n % KEYS}`,
    }));
    const post = () => call('POST', '/api/v1/events/batch', { token: admin, body });
    const answers = await Promise.all(Array.from({ length: EVENTS / BATCH }, post));
    for (const answer of answers) expect(await expectStatus(answer, 200)).toMatchObject({ accepted: BATCH });
    await vi.waitUntil(async () => (await count("events WHERE alert_state = 'pending'")) === 0, {
      timeout: 25_000,
      interval: 200,
    });
    expect(Date.now() - begin).toBeLessThan(60_000);
    expect([await storedEvents(), await storedAlerts()]).toEqual([EVENTS, KEYS]);
    const { data } = await expectStatus(await call('GET', '/api/v1/alerts?limit=100', { token: admin }), 200);
    expect(data).toHaveLength(KEYS);
    for (const alert of data) {
      expect(alert).toMatchObject({ status: 'open', severity: 'critical', event_count: EVENTS / KEYS });
    }
  });

  it('is linked: each event to the alert of its key, whose first and last it knows', async () => {
    const wrong = `events LEFT JOIN alerts ON alerts.id = events.alert_id WHERE alerts.dedup_key IS NOT events.dedup_key`;
    expect(await count(wrong)).toBe(0);
    const seen = `alerts JOIN (SELECT alert_id, min(timestamp) AS low, max(timestamp) AS high, min(id) AS first, count(*) AS n
      FROM events GROUP BY alert_id) AS its ON its.alert_id = alerts.id
      WHERE first_seen = low AND last_seen = high AND event_id = first AND event_count = n`;
    expect(await count(seen)).toBe(KEYS);
  });

  it('tells each channel 50 times, once of each alert', async () => {
    const all = KEYS * channels.length;
    await vi.waitUntil(async () => (await count('deliveries')) === all, { timeout: 25_000, interval: 200 });
    await runCron();
    for (const id of channels) {
      const told = `(SELECT DISTINCT subject FROM deliveries WHERE channel_id = ${id} AND kind = 'alert.raised')`;
      expect([await count(`deliveries WHERE channel_id = ${id}`), await count(told)]).toEqual([KEYS, KEYS]);
    }
  });

  it('starts 50 escalations, and reports count 50 alerts', async () => {
    expect(await count('escalations')).toBe(KEYS);
    await makeFoldDue();
    await runCron();
    for (const { table, stored, recounted } of await rollupsAndRecount()) {
      expect({ table, counts: stored }).toEqual({ table, counts: recounted });
    }
    const { alerts } = await expectStatus(await call('GET', '/api/v1/reports/summary', { token: admin }), 200);
    expect(alerts.total).toBe(KEYS);
  });
});
