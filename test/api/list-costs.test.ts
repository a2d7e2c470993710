import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { signedIn } from '../support/people.ts';
import { callWith } from '../support/worker.ts';

const EVENTS = 100_000;
const ALERTS = 30_000;
const START = Date.parse('2026-11-01T00:00:00Z');

// One event a second; each of the last 30,000 has an alert, of which a tenth is open.
const FILL = [
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS})
   INSERT INTO events (timestamp, source, event_type, severity, description, attributes, submitted_by, request_id,
     origin, alert_state, alert_id, dedup_key, silence_id)
   SELECT ${START} + i * 1000, 'sensor-' || (i % 50), iif(i % 3, 'scan', 'login'),
     CASE i % 20 WHEN 0 THEN 'critical' WHEN 1 THEN 'high' WHEN 2 THEN 'high' ELSE 'low' END,
     'Port scan detected', '{}', 'user:x', 'r', '{"country":null,"asn":null,"colo":null}',
     iif(i > ${EVENTS - ALERTS}, 'done', NULL), iif(i > ${EVENTS - ALERTS}, i - ${EVENTS - ALERTS}, NULL),
     iif(i > ${EVENTS - ALERTS}, 'key-' || (i % 300), NULL), iif(i % 1000, NULL, 7)
   FROM n`,
  `INSERT INTO alerts (id, event_id, severity, status, assignee, first_seen, last_seen, created_at, dedup_key,
     recurrences)
   SELECT alert_id, id, iif(id % 3, 'high', 'critical'),
     CASE alert_id % 20 WHEN 0 THEN 'open' WHEN 7 THEN 'open' WHEN 1 THEN 'acknowledged' ELSE 'resolved' END,
     iif(alert_id % 20 = 1, 'ana', NULL), timestamp, timestamp, timestamp, dedup_key, iif(alert_id % 20, 0, 3)
   FROM events WHERE alert_id IS NOT NULL ORDER BY id`,
];

const { db, cost, reset } = countedDb(env.DB);

let member: string;
beforeAll(async () => {
  member = await signedIn('member');
  for (const statement of FILL) await env.DB.prepare(statement).run();
});
beforeEach(reset);

async function list(path: string) {
  return expectStatus(await callWith('GET', `/api/v1/${path}`, { token: member, bindings: { DB: db } }), 200);
}

/** Follows cursors to the end; answers how many rows came, and what the dearest page read. */
async function walk(path: string): Promise<{ rows: number; pages: number; dearest: number }> {
  const walked = { rows: 0, pages: 0, dearest: 0 };
  for (let cursor = ''; ; ) {
    reset();
    const page = await list(`${path}${cursor}`);
    walked.rows += page.data.length;
    walked.pages += 1;
    walked.dearest = Math.max(walked.dearest, cost.rowsRead);
    if (page.next_cursor === null) return walked;
    cursor = `&cursor=${page.next_cursor}`;
  }
}

const middle = (seconds: number) => new Date(START + (EVENTS / 2 + seconds) * 1000).toISOString();

describe('with 100,000 events stored, a page of events', () => {
  it.each([
    ['events?limit=50', 50, 55],
    ['events?limit=50&sort_order=asc', 50, 55],
    [`events?limit=50&cursor=${EVENTS / 2}`, 50, 55],
    ['events?limit=100', 100, 105],
    ['events?limit=3&id=5,50000,99999', 3, 10],
    ['events?limit=50&event_type=scan', 50, 160],
    ['events?limit=50&severity=high,critical', 50, 800],
    ['events?limit=50&not_severity=high,critical&not_source=sensor-1', 50, 160],
    [`events?limit=50&from=${middle(0)}`, 50, 300],
    [`events?limit=50&to=${middle(0)}`, 50, 300],
    [`events?limit=50&from=${middle(0)}&to=${middle(600)}`, 50, 450],
    ['events?limit=50&silence=7', 50, 55],
    ['events?limit=10&dedup_key=key-7', 10, 3_100],
  ])('reads little more than it shows: %s', async (path, rows, bound) => {
    expect((await list(path)).data).toHaveLength(rows);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
    expect(cost.calls).toBeLessThanOrEqual(2);
  });

  it('that is filtered by what is rare or absent reads a bounded window, and its cursors end', async () => {
    const page = await list('events?limit=50&source=absent');
    expect(page).toMatchObject({ data: [], next_cursor: expect.any(String) });
    expect(cost.rowsRead).toBeLessThanOrEqual(10_100);
    const absent = await walk('events?limit=50&source=absent');
    expect(absent.rows).toBe(0);
    expect(absent.pages).toBeLessThanOrEqual(EVENTS / 5_000 + 1);
    expect(absent.dearest).toBeLessThanOrEqual(10_100);
  });

  it('that is found by walking holds every match', async () => {
    const found = await walk('events?limit=100&source=sensor-7&event_type=login&severity=low');
    const expected = await env.DB.prepare(
      "SELECT count(*) FROM events WHERE source = 'sensor-7' AND event_type = 'login' AND severity = 'low'",
    ).first<number>('count(*)');
    expect(found.rows).toBe(expected);
  });

  it('by number, with a total, reads a bounded window and says that the total is not exact', async () => {
    const page = await list('events?limit=50&page=1');
    expect(page).toMatchObject({ page: 1, total: 10_000, total_exact: false });
    expect(page.data).toHaveLength(50);
    expect(cost.rowsRead).toBeLessThanOrEqual(25_000);
    reset();
    expect((await list('events?limit=50&page=200')).data).toHaveLength(50);
    expect(cost.rowsRead).toBeLessThanOrEqual(25_000);
    reset();
    expect((await list('events?limit=50&page=1&source=absent')).data).toEqual([]);
    expect(cost.rowsRead).toBeLessThanOrEqual(25_000);
  });
});

describe('with 30,000 alerts stored, a page of alerts', () => {
  it.each([
    ['alerts?limit=50', 50, 110],
    ['alerts?status=open&severity=critical&limit=50', 50, 110],
    ['alerts?status=open&limit=50', 50, 220],
    ['alerts?severity=critical&limit=50', 50, 220],
    ['alerts?status=open&limit=50&sort_order=asc', 50, 220],
    ['alerts?status=open&severity=high,critical&limit=50&cursor=15000', 50, 220],
    ['alerts?status=open,acknowledged&severity=high,critical&limit=50', 50, 220],
    ['alerts?not_status=resolved&severity=high,critical&limit=50', 50, 220],
    ['alerts?not_status=resolved,acknowledged&not_severity=low,medium&limit=50', 50, 220],
    ['alerts?not_source=sensor-1&limit=50', 50, 160],
    [`alerts?limit=50&from=${new Date(START + 90_000_000).toISOString()}`, 50, 450],
    ['alerts?limit=50&dedup_key=key-7', 50, 110],
    ['alerts?limit=5&dedup_key=key-20&status=open', 5, 220],
    ['alerts?limit=50&flapping=true', 50, 2_200],
  ])('reads little more than it shows: %s', async (path, rows, bound) => {
    expect((await list(path)).data).toHaveLength(rows);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
    expect(cost.calls).toBeLessThanOrEqual(2);
  });

  it('that is filtered by what is absent reads a bounded window, and its cursors end', async () => {
    const absent = await walk('alerts?limit=50&source=absent');
    expect(absent).toMatchObject({ rows: 0 });
    expect(absent.pages).toBeLessThanOrEqual(ALERTS / 5_000 + 1);
    expect(absent.dearest).toBeLessThanOrEqual(20_000);
  });

  it.each(['status=open', 'status=open&source=sensor-7', 'assignee=ana', 'severity=critical&status=acknowledged,open'])(
    'that is found by walking holds every match: %s',
    async (filter) => {
      const all = await walk(`alerts?limit=100&${filter}`);
      const total = await list(`alerts?page=1&${filter}`);
      if (total.total_exact) expect(all.rows).toBe(total.total);
      expect(all.rows).toBeGreaterThan(0);
    },
  );

  it.each(['status=resolved', 'source=absent', 'event_type=scan', 'breached=true', 'flapping=false'])(
    'by number, with a total, reads a bounded window: %s',
    async (filter) => {
      await list(`alerts?limit=50&page=1&${filter}`);
      // 10,000 alerts and their events, once for the page and once for the total.
      expect(cost.rowsRead).toBeLessThanOrEqual(41_000);
    },
  );
});

describe('facets', () => {
  it.each([
    ['events/facets', 10_000, false, 22_000],
    ['events/facets?not_severity=low', 1_500, false, 32_000],
    ['events/facets?source=absent', 0, false, 22_000],
    [`events/facets?from=${middle(0)}&to=${middle(599)}`, 600, true, 3_500],
    ['alerts/facets', 10_000, false, 33_000],
    ['alerts/facets?status=resolved', 10_000, false, 33_000],
    ['alerts/facets?not_status=resolved&severity=high,critical', 4_500, true, 15_000],
    ['alerts/facets?source=absent', 0, false, 33_000],
    [`alerts/facets?from=${new Date(START + 99_000_000).toISOString()}`, 1_001, true, 5_500],
    // The rows, as many that are sorted, and what is left when those that agree are one.
  ])('read a window of rows, once: %s', async (path, matching, complete, bound) => {
    const answer = await list(path);
    expect(answer).toMatchObject({ matching, complete });
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
    expect(cost.calls).toBeLessThanOrEqual(2);
  });
});

describe('one thing by its id', () => {
  it.each(['events/50000', 'alerts/15000'])('costs one statement and at most two rows: %s', async (path) => {
    await list(path);
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(2);
  });
});
