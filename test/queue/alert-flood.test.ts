import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { call, expectStatus } from '../support/client.ts';
import { SCAN, storedAlerts, storedEvents } from '../support/events.ts';
import { policyFor } from '../support/grouping.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { runCron } from '../support/worker.ts';

const EVENTS = 10_000;
const KEYS = 50;
const BATCH = 1_000;

let admin: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  vi.spyOn(console, 'info').mockReturnValue();
  await policyFor('flood');
});

const count = async (from: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${from}`).first<number>('n');

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
