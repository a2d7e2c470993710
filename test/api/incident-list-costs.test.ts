import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archiveResolved } from '../../src/incidents/archive-resolved.ts';
import { purgeDeleted } from '../../src/incidents/purge-deleted.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { signedIn } from '../support/people.ts';
import { contextAt } from '../support/sensors.ts';
import { callWith } from '../support/worker.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

// One incident a minute, of which a tenth is archived and a twentieth deleted; the rest is open, mitigated or resolved.
// `x` is spread evenly and depends on no other field.
const fill = (first: number, last: number) => `
  WITH RECURSIVE n (i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last}),
    spread (i, at, x, y) AS (SELECT i, ${START} + i * 60000, i * 7919 % 1009, i * 104729 % 997 FROM n)
  INSERT INTO incidents (title, description, service, severity, status, owner, assignee, tags, created_at, updated_at,
    resolved_at, archived_at, deleted_at)
  SELECT 'Incident ' || i || iif(x % 4, ' login failure', ' timeouts'),
    'Files of host-' || (x % 90) || iif(i % 1000 = 7, ' were taken by the kraken', ' are encrypted'), 'svc-' || (x % 40),
    CASE WHEN y % 20 = 0 THEN 'sev1' WHEN y % 20 < 4 THEN 'sev2' WHEN y % 20 < 14 THEN 'sev3' ELSE 'sev4' END,
    CASE x % 10 WHEN 0 THEN 'open' WHEN 1 THEN 'open' WHEN 2 THEN 'mitigated' ELSE 'resolved' END,
    'user-' || (y % 30), iif(x % 2, 'user-' || (y % 13), NULL), json_array('t' || (x % 50), 'u' || (y % 70)),
    at, at + x * 100000, iif(x % 10 > 2, at + 1, NULL), iif(x % 10 > 2 AND i % 7 = 0, at + 2, NULL), iif(y % 20 = 3, at + 3, NULL)
  FROM spread`;

const { db, cost, reset } = countedDb(env.DB);
const bindings = { DB: db };

let member: string;
let filled = 0;
beforeAll(async () => {
  member = await signedIn('member');
});
beforeEach(async () => {
  // Whatever authentication reads once and remembers, it has read.
  await expectStatus(await call('GET', '/api/v1/auth/me', { token: member }), 200);
  reset();
});

async function list(query: string) {
  const path = `/api/v1/incidents?${query}`;
  return expectStatus(await callWith('GET', path, { token: member, bindings }), 200);
}

const day = (days: number) => new Date(START + days * 86_400_000).toISOString();
const cursor = (by: string, value: string | number, id: number) =>
  Buffer.from(JSON.stringify([by, value, id])).toString('base64url');
const TRACKER = 'page=2&limit=20&search=incident&severity=SEV1&status=OPEN&sort_by=created_at&sort_order=desc';

// One bound for both sizes: what a page reads does not depend on how many incidents there are.
describe.each([10_000, 100_000])('with %i incidents, a page', (size) => {
  beforeAll(async () => {
    for (; filled < size; filled += 10_000) await env.DB.prepare(fill(filled + 1, filled + 10_000)).run();
  }, 60_000);

  it.each([
    ['limit=50', 50, 55],
    ['limit=50&sort_order=asc', 50, 55],
    ['limit=50&cursor=5000', 50, 55],
    ['limit=50&archived=true', 50, 55],
    ['limit=50&deleted=true', 50, 55],
    ['limit=3&id=5,6,8,9,10,11,12,13', 3, 40],
    [`limit=50&from=${day(3)}&to=${day(6)}`, 50, 170],
    ['limit=50&status=open', 50, 55],
    ['limit=50&status=open,mitigated', 50, 55],
    ['limit=50&not_status=resolved', 50, 55],
    ['limit=50&not_severity=sev3,sev4', 50, 55],
    ['limit=50&not_service=svc-7&not_tag=t7,u7', 50, 280],
    ['limit=50&severity=sev1,sev2', 50, 55],
    ['limit=50&status=open&severity=sev3', 50, 120],
    ['limit=50&status=resolved&severity=sev1', 50, 120],
    ['limit=50&service=SVC-7', 50, 55],
    ['limit=50&service=svc-7&severity=sev3,sev4', 50, 120],
    ['limit=50&owner=user-7', 50, 55],
    ['limit=50&assignee=user-7', 50, 55],
    ['limit=50&assignee=user-7&cursor=9000', 50, 55],
    ['limit=50&tag=t7', 50, 110],
    ['limit=50&tag=t7&cursor=9000', 50, 110],
    ['limit=50&search=failure', 50, 140],
    ['limit=50&search=FAIL%20log', 50, 140],
    ['limit=50&search=failure&cursor=5000', 50, 140],
    ['limit=50&search=failure&sort_order=asc&cursor=5000', 50, 140],
    [`limit=50&search=failure&from=${day(3)}&to=${day(6)}`, 50, 240],
    ['limit=3&search=kraken', 3, 15],
    ['limit=50&search=absent', 0, 3],
    ['limit=50&search=failures', 0, 3],
    ['limit=50&sort_by=updated_at', 50, 55],
    ['limit=50&sort_by=title', 50, 55],
    ['limit=50&sort_by=severity&sort_order=asc', 50, 55],
    ['limit=50&sort_by=updated_at&severity=sev3,sev4', 50, 120],
    ['limit=50&sort_by=severity&search=failure', 50, 140],
    [`limit=50&sort_by=severity&cursor=${cursor('severity', 'sev3', 5000)}`, 50, 60],
    [`limit=50&sort_by=service&cursor=${cursor('service', 'svc-7', 5000)}&sort_order=asc`, 50, 60],
    [`limit=50&sort_by=status&search=failure&cursor=${cursor('status', 'resolved', 5000)}`, 50, 140],
    ['limit=3&sort_by=title&id=5,6,8,9,10,11,12,13', 3, 40],
  ])('reads little more than it shows: %s', async (query, rows, bound) => {
    expect((await list(query)).data).toHaveLength(rows);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
  });

  it.each([
    // Looked through row by row, once for what matches and once for where to go on.
    ['search=zq', 10_000],
    ['owner=nobody-here', 5],
    ['owner=user-7&search=z%20q', 10_000],
    ['search=incident&assignee=nobody-here', 20_000],
    ['tag=t7,u7,absent', 20],
    ['sort_by=severity&assignee=nobody-here', 10_000],
    ['sort_by=title&search=absent', 10_000],
  ])('that finds nothing reads a window: %s', async (query, bound) => {
    expect((await list(query)).data).toEqual([]);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
  });

  it.each([
    [TRACKER, 28_500],
    ['page=1', 10_100],
    ['page=500', 20_100],
    ['page=2&sort_by=updated_at&search=zq', 20_100],
    ['page=2&tag=t7&status=open', 7_500],
  ])('by number, with a total, reads a window: %s', async (query, bound) => {
    await list(query);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
  });

  it.each([
    // No two of these incidents agree, which is the dearest that there is.
    ['', 165_000],
    ['status=open', 165_000],
    ['search=failure', 165_000],
    ['search=kraken&not_status=resolved', 2_000],
    ['owner=nobody-here', 20],
  ])('of facets reads a window of incidents and what is kept aside of it: %s', async (query, bound) => {
    const path = `/api/v1/incidents/facets?${query}`;
    await expectStatus(await callWith('GET', path, { token: member, bindings }), 200);
    expect(cost.rowsRead).toBeLessThanOrEqual(bound);
  });

  it('of tags reads no incident', async () => {
    await expectStatus(await callWith('GET', '/api/v1/tags', { token: member, bindings }), 200);
    expect(cost.rowsRead).toBeLessThanOrEqual(250);
  });

  it('is whole when it is walked', async () => {
    const expected = await env.DB.prepare(
      "SELECT count(*) AS n FROM incidents WHERE shelf = 'active' AND description LIKE '%kraken%' AND status = 'resolved'",
    ).first('n');
    for (const query of ['search=kraken&status=resolved', 'search=kraken&sort_by=updated_at&status=resolved']) {
      let rows = 0;
      for (let next: string | null = ''; next !== null; ) {
        const page = await list(`limit=100&${query}${next && `&cursor=${next}`}`);
        rows += page.data.length;
        next = page.next_cursor;
      }
      expect(rows).toBe(expected);
    }
  });

  it('is not what the jobs read when nothing is due', async () => {
    const { ctx } = contextAt({ role: 'system', name: 'cron' }, { db, now: new Date(START) });
    await archiveResolved({ ctx });
    await purgeDeleted({ ctx });
    expect(cost).toMatchObject({ calls: 2, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(30);
  });
});

describe('a change costs one batch:', () => {
  const open = async (fields: object = {}) => {
    const body = { title: 'Ransomware', description: 'Files are encrypted', ...fields };
    return expectStatus(await callWith('POST', '/api/v1/incidents', { token: member, body, bindings }), 201);
  };
  const change = async (id: number, action: string) =>
    expectStatus(await callWith('POST', `/api/v1/incidents/${id}/${action}`, { token: member, bindings }), 200);

  it('an incident 14 rows, and 4 for each tag', async () => {
    await open();
    expect(cost).toMatchObject({ calls: 1, statements: 2 });
    expect(cost.rowsWritten).toBeLessThanOrEqual(14);
    reset();
    // The assignee must be there: one more read.
    await open({ tags: ['a', 'b'], assignee: 'member' });
    expect(cost).toMatchObject({ calls: 2, statements: 3 });
    expect(cost.rowsWritten).toBeLessThanOrEqual(22);
  });

  it('its status 5 or 6, and the way into the archive some more: it changes every index', async () => {
    const { id } = await open({ tags: ['a'] });
    for (const [action, rows] of [
      ['mitigate', 5],
      ['resolve', 6],
      ['archive', 18],
    ] as const) {
      reset();
      await change(id, action);
      expect(cost.calls).toBe(1);
      expect(cost.rowsWritten).toBeLessThanOrEqual(rows);
      expect(cost.rowsRead).toBeLessThanOrEqual(20);
    }
  });
});
