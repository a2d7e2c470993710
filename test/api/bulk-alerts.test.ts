import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { foldCounts } from '../../src/reports/fold-counts.ts';
import { actOn, alertNow, manyAlerts } from '../support/alerts.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { auditOf } from '../support/events.ts';
import { act, opened } from '../support/incidents.ts';
import { contextAt } from '../support/operations.ts';
import { signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { callWith } from '../support/worker.ts';

const { db, cost, reset } = countedDb(env.DB);

let admin: string;
let ana: string;
let ben: string;
let mia: string;
beforeAll(async () => {
  admin = await signedIn('admin');
  ana = await signedIn('analyst', 'ana');
  ben = await signedIn('analyst', 'ben');
  mia = await signedIn('member', 'mia');
});
beforeEach(ready);

/** Counts from here on, once authentication has read what it remembers for ten seconds. */
async function ready(): Promise<void> {
  await expectStatus(await call('GET', '/api/v1/auth/me', { token: ana }), 200);
  reset();
}

type Body = Record<string, unknown>;
type Result = { id: number; outcome: string; detail?: string };

const send = (body: Body, token = ana) =>
  callWith('POST', '/api/v1/alerts/bulk', { token, body, bindings: { DB: db } });
const bulk = async (body: Body, token = ana) => expectStatus(await send(body, token), 200);
const refusals = ({ results }: { results: Result[] }) => results.filter(({ outcome }) => outcome !== 'done');
const done = async (id: number, action: string, body?: unknown, token = ana) =>
  expectStatus(await actOn(token, id, action, body), 200);

/** How many alerts of these ids are in this state, by a plain condition. */
async function count(ids: number[], condition: string): Promise<number> {
  const sql = `SELECT count(*) AS n FROM alerts WHERE id IN (SELECT value FROM json_each(?)) AND ${condition}`;
  return (await env.DB.prepare(sql).bind(JSON.stringify(ids)).first<number>('n')) ?? 0;
}

const auditRows = async (where: string) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM audit_rows WHERE ${where}`).first<number>('n')) ?? 0;

describe('500 alerts at once', () => {
  it('are acknowledged in one call of D1, but for those that cannot be, which are named', async () => {
    const ids = await manyAlerts(500, 'bulk');
    const [seen = 0, over = 0] = ids;
    await done(seen, 'acknowledge', undefined, ben);
    await done(over, 'resolve', undefined, ben);
    await ready();
    const answer = await bulk({ action: 'ACKNOWLEDGE', ids: [...ids, 999_999, seen] });
    expect(cost.calls).toBe(1);
    expect(answer).toMatchObject({ done: 498, failed: 3, more: false, incident_id: null });
    expect(answer.results.map(({ id }: Result) => id)).toEqual([...ids, 999_999]);
    expect(refusals(answer)).toEqual([
      { id: seen, outcome: 'conflict', detail: 'The alert is acknowledged; only an open one can be acknowledged.' },
      { id: over, outcome: 'conflict', detail: 'The alert is resolved; only an open one can be acknowledged.' },
      { id: 999_999, outcome: 'not_found' },
    ]);
    expect(await count(ids, "status = 'acknowledged' AND acknowledged_by = 'ana' AND version = 2")).toBe(498);
    expect(await alertNow(mia, over)).toMatchObject({ status: 'resolved', version: 2 });
    expect(await auditRows("action = 'alert.acknowledge' AND actor = 'user:ana'")).toBe(498);
    expect(await auditOf(`alert:${ids[499]}`)).toMatchObject([
      { before: { status: 'open', version: 1 }, after: { status: 'acknowledged', version: 2 } },
    ]);
    expect(await auditOf(`alert:${seen}`)).toHaveLength(1);
  });

  it('are resolved with a verdict, and the reports count them right', async () => {
    const ids = await manyAlerts(500, 'bulk');
    await makeFoldDue();
    await foldCounts({ ctx: contextAt(new Date()) });
    await done(ids[0] ?? 0, 'resolve', { verdict: 'benign' });
    await ready();
    expect(await bulk({ action: 'resolve', ids, verdict: 'false_positive' })).toMatchObject({ done: 499, failed: 1 });
    expect(cost.calls).toBe(1);
    expect(await count(ids, "status = 'resolved' AND verdict = 'false_positive' AND resolved_by = 'ana'")).toBe(499);
    for (const { stored, recounted } of await rollupsAndRecount()) expect(stored).toEqual(recounted);
  });

  it('are assigned when they are free or my own, in two calls', async () => {
    const ids = await manyAlerts(500, 'bulk');
    const [mine = 0, his = 0, over = 0, so = 0] = ids;
    await done(mine, 'assign', { assignee: 'ana' });
    await done(his, 'assign', { assignee: 'admin' }, admin);
    await done(over, 'resolve');
    await done(so, 'assign', { assignee: 'ben' }, ben);
    await ready();
    const answer = await bulk({ action: 'assign', ids, assignee: 'BEN' });
    expect(cost.calls).toBe(2);
    expect(answer).toMatchObject({ done: 497, failed: 3 });
    expect(refusals(answer).map(({ id, outcome }) => ({ id, outcome }))).toEqual(
      [his, over, so].map((id) => ({ id, outcome: 'conflict' })),
    );
    // The same sentences as one by one.
    for (const { id, detail } of refusals(answer)) {
      expect((await expectStatus(await actOn(ana, id, 'assign', { assignee: 'ben' }), 409)).detail).toBe(detail);
    }
    const freed = await bulk({ action: 'assign', ids: [mine, so], assignee: null }, ben);
    expect(freed).toMatchObject({ done: 2, failed: 0 });
    expect(await alertNow(mia, mine)).toMatchObject({ assignee: null, version: 4 });
  });

  it('are promoted to one incident, in one call', async () => {
    const ids = await manyAlerts(500, 'bulk');
    const other = await opened(ana);
    await expectStatus(await act(ana, other.id, 'alerts', { alert_ids: ids.slice(0, 2) }), 200);
    await ready();
    const answer = await bulk({ action: 'promote', ids, incident: { title: 'Wave of scans', severity: 'SEV2' } });
    expect(cost.calls).toBe(1);
    expect(answer).toMatchObject({ done: 498, failed: 2 });
    expect(refusals(answer)[0]).toEqual({
      ...{ id: ids[0], outcome: 'conflict', detail: `The alert belongs to incident ${other.id}.` },
    });
    const incident = await call('GET', `/api/v1/incidents/${answer.incident_id}`, { token: mia });
    expect(await expectStatus(incident, 200)).toMatchObject({ title: 'Wave of scans', severity: 'sev2', owner: 'ana' });
    expect(await count(ids, `incident_id = ${answer.incident_id} AND status = 'open' AND version = 2`)).toBe(498);
    expect(await auditOf(`incident:${answer.incident_id}`)).toMatchObject([{ action: 'incident.create' }]);
    expect(await auditOf(`incident:${answer.incident_id}/alert:${ids[2]}`)).toMatchObject([
      { action: 'alert.promote', before: { incident_id: null }, after: { incident_id: answer.incident_id } },
    ]);
  });
});

describe('a few alerts', () => {
  it.each(['acknowledge', 'resolve'])('cost what they are, however many others are open: %s', async (action) => {
    const ids = await manyAlerts(10, 'few');
    await manyAlerts(5_000, 'many');
    await ready();
    expect(await bulk({ action, ids })).toMatchObject({ done: 10 });
    // The alert, the index of its state and the audit row; each alert is found five times, through the list of ids.
    expect(cost).toMatchObject({ calls: 1, rowsWritten: 30 });
    expect(cost.rowsRead).toBeLessThanOrEqual(320);
  });
});

describe('of two who act on the same alerts at once', () => {
  it.each(['acknowledge', 'resolve'])('each alert is changed by one of them: %s', async (action) => {
    for (let round = 0; round < 5; round++) {
      const ids = await manyAlerts(50, 'race');
      const answers = await Promise.all([bulk({ action, ids }), bulk({ action, ids }, ben)]);
      expect(answers.map((answer) => answer.done).sort((a, b) => a - b)).toEqual([0, 50]);
      expect(await count(ids, 'version = 2')).toBe(50);
      expect(await auditRows(`CAST(substr(target, 7) AS INTEGER) IN (${ids.join()})`)).toBe(50);
    }
  });

  it('one in bulk and one singly, each is told what happened', async () => {
    for (let round = 0; round < 5; round++) {
      const ids = await manyAlerts(20, 'race');
      const [many, one] = await Promise.all([bulk({ action: 'resolve', ids }), actOn(ben, ids[7] ?? 0, 'resolve')]);
      expect([many.done, one.status]).toEqual(many.done === 20 ? [20, 409] : [19, 200]);
    }
  });

  it('one incident takes them all and the other is not opened', async () => {
    for (let round = 0; round < 5; round++) {
      const ids = await manyAlerts(20, 'race');
      const promote = (title: string, token: string) => send({ action: 'promote', ids, incident: { title } }, token);
      const answers = await Promise.all([promote(`One ${round}`, ana), promote(`Two ${round}`, ben)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { results } = await env.DB.prepare('SELECT id FROM incidents WHERE title IN (?, ?)')
        .bind(`One ${round}`, `Two ${round}`)
        .all<{ id: number }>();
      expect(results).toHaveLength(1);
      expect(await count(ids, `incident_id = ${results[0]?.id}`)).toBe(20);
    }
  });
});

describe('by a filter', () => {
  it('takes the 1,000 newest matches, and is repeated until there are no more', async () => {
    const ids = await manyAlerts(1_200, 'storm');
    await manyAlerts(5, 'other');
    await ready();
    const body = { action: 'acknowledge', filter: { source: 'storm', status: 'open' } };
    const first = await bulk(body);
    expect(cost.calls).toBe(2);
    expect(first).toMatchObject({ done: 1_000, failed: 0, more: true });
    expect(first.results.map(({ id }: Result) => id)).toEqual(ids.slice(200).reverse());
    expect(await bulk(body)).toMatchObject({ done: 200, failed: 0, more: false });
    expect(await bulk(body)).toMatchObject({ done: 0, failed: 0, more: false, results: [] });
    expect(await count(ids, "status = 'acknowledged'")).toBe(1_200);
  });

  it('means what the list means by it', async () => {
    const ids = await manyAlerts(6, 'meant');
    const incident = await opened(ana);
    await expectStatus(await act(ana, incident.id, 'alerts', { alert_ids: ids.slice(0, 3) }), 200);
    await done(ids[0] ?? 0, 'assign', { assignee: 'ana' });
    const { created_at } = await alertNow(mia, ids[5] ?? 0);
    const of = async (filter: Body) =>
      (await bulk({ action: 'assign', assignee: 'admin', filter })).results.map(({ id }: Result) => id);
    const free = async () => bulk({ action: 'assign', assignee: null, filter: { incident: incident.id } }, admin);
    expect(await of({ incident: incident.id, assignee: 'ana' })).toEqual([ids[0]]);
    expect(await of({ incident: incident.id })).toEqual(ids.slice(0, 3).reverse());
    await free();
    expect(await of({ source: 'meant', severity: ['HIGH', 'critical'], from: created_at })).toHaveLength(6);
    expect(await of({ source: 'meant', severity: 'low,critical' })).toEqual([]);
    expect(await of({ source: 'meant', event_type: ['login'] })).toEqual([]);
    expect(await of({ source: 'meant', to: '2000-01-01T00:00:00Z' })).toEqual([]);
    expect(await of({ source: 'meant', status: ['ACK', 'resolved'] })).toEqual([]);
  });

  it('that has everything asks D1 four times', async () => {
    await manyAlerts(3, 'dear');
    const filter = { source: 'dear', from: '2020-01-01T00:00:00Z', status: 'open' };
    expect(await bulk({ action: 'assign', assignee: 'ben', filter })).toMatchObject({ done: 3 });
    expect(cost.calls).toBe(4);
  });
});

describe('promoting many', () => {
  it('to an incident that is there links them, and tells which could not be', async () => {
    const { id } = await opened(mia);
    const ids = await manyAlerts(3, 'more');
    expect(await bulk({ action: 'promote', ids: ids.slice(0, 1), incident_id: id })).toMatchObject({ done: 1 });
    const answer = await bulk({ action: 'promote', ids, incident_id: id });
    expect(answer).toMatchObject({ done: 2, failed: 1, incident_id: id });
    expect(refusals(answer)).toEqual([
      { id: ids[0], outcome: 'conflict', detail: `The alert belongs to incident ${id}.` },
    ]);
    expect(await auditOf(`incident:${id}/alert:${ids[2]}`)).toMatchObject([{ action: 'alert.link' }]);
  });

  it('opens no incident when none can be linked', async () => {
    const ids = await manyAlerts(2, 'taken');
    const incident = { title: 'Taken' };
    await bulk({ action: 'promote', ids, incident });
    const before = await env.DB.prepare('SELECT max(id) FROM incidents').first('max(id)');
    await expectStatus(await send({ action: 'promote', ids, incident }), 409);
    await expectStatus(await send({ action: 'promote', ids: [999_999], incident }), 409);
    await expectStatus(await send({ action: 'promote', filter: { source: 'absent' }, incident }), 409);
    expect(await env.DB.prepare('SELECT max(id) FROM incidents').first('max(id)')).toBe(before);
    expect(await count(ids, 'version = 2')).toBe(2);
  });

  it('refuses an incident that is not there', async () => {
    const ids = await manyAlerts(1, 'x');
    const { id } = await opened(mia);
    await expectStatus(await call('DELETE', `/api/v1/incidents/${id}`, { token: mia }), 204);
    for (const incident_id of [id, 999_999]) {
      const { errors } = await expectStatus(await send({ action: 'promote', ids, incident_id }), 400);
      expect(errors).toEqual([{ pointer: '#/incident_id', detail: expect.any(String) }]);
    }
    const incident = { title: 'x', assignee: 'nobody-here' };
    const { errors } = await expectStatus(await send({ action: 'promote', ids, incident }), 400);
    expect(errors[0].pointer).toBe('#/incident/assignee');
    expect(await count(ids, 'incident_id IS NULL')).toBe(1);
  });
});

describe('bad input', () => {
  const ids = [1];
  const filter = { status: 'open' };
  it.each<[Body, string]>([
    [{ action: 'acknowledge' }, '#/ids'],
    [{ action: 'acknowledge', ids: [] }, '#/ids'],
    [{ action: 'acknowledge', ids: [1, -1] }, '#/ids/1'],
    [{ action: 'acknowledge', ids, filter }, '#/filter'],
    [{ action: 'acknowledge', filter: {} }, '#/filter'],
    [{ action: 'acknowledge', filter: { status: 'closed' } }, '#/filter/status/0'],
    [{ action: 'acknowledge', filter: { severity: 5 } }, '#/filter/severity'],
    [{ action: 'acknowledge', filter: { ...filter, words: 'x' } }, '#/filter/words'],
    [{ action: 'acknowledge', filter: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } }, '#/filter/from'],
    [{ action: 'delete', ids }, '#/action'],
    [{ ids }, '#/action'],
    [{ action: 'acknowledge', ids, verdict: 'benign' }, '#/verdict'],
    [{ action: 'assign', ids, assignee: 'ana', verdict: 'benign' }, '#/verdict'],
    [{ action: 'resolve', ids, assignee: null }, '#/assignee'],
    [{ action: 'resolve', ids, verdict: 'guilty' }, '#/verdict'],
    [{ action: 'assign', ids }, '#/assignee'],
    [{ action: 'assign', ids, assignee: 'mia' }, '#/assignee'],
    [{ action: 'assign', ids, assignee: 'nobody-here' }, '#/assignee'],
    [{ action: 'acknowledge', ids, incident: { title: 'x' } }, '#/incident'],
    [{ action: 'resolve', ids, incident_id: 1 }, '#/incident_id'],
    [{ action: 'promote', ids }, '#/incident'],
    [{ action: 'promote', ids, incident: {} }, '#/incident/title'],
    [{ action: 'promote', ids, incident: { title: 'x' }, incident_id: 1 }, '#/incident_id'],
    [{ action: 'acknowledge', ids, status: 'open' }, '#/status'],
  ])('is refused with the field named: %j', async (body, pointer) => {
    const { errors } = await expectStatus(await send(body), 400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('is 1,001 ids, but not 1,000, however long', async () => {
    const long = Array.from({ length: 1_001 }, (_, n) => 1_000_000_000_000 + n);
    const { errors } = await expectStatus(await send({ action: 'resolve', ids: long }), 400);
    expect(errors).toEqual([{ pointer: '#/ids', detail: expect.any(String) }]);
    expect(await bulk({ action: 'resolve', ids: long.slice(1) })).toMatchObject({ done: 0, failed: 1_000 });
  });

  it('is refused to members whatever it is', async () => {
    await expectStatus(await send({ action: 'acknowledge', ids }, mia), 403);
    await expectStatus(await send({}, mia), 403);
  });
});
