import { env } from 'cloudflare:workers';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { acknowledgeAlert } from '../../src/alerts/acknowledge-alert.ts';
import { raiseAlerts } from '../../src/alerts/raise-alerts.ts';
import { resolveAlert } from '../../src/alerts/resolve-alert.ts';
import { updateAlert } from '../../src/alerts/update-alert.ts';
import { database } from '../../src/db/client.ts';
import { advanceDueEscalations } from '../../src/escalation/advance-due-escalations.ts';
import { advanceEscalations } from '../../src/escalation/advance-escalations.ts';
import { manyAlerts } from '../support/alerts.ts';
import { call, expectStatus } from '../support/client.ts';
import { countedDb } from '../support/counted-db.ts';
import { channelTo } from '../support/deliveries.ts';
import {
  advanceAt,
  escalationOf,
  escalationRow,
  from,
  policed,
  step,
  systemAt,
  toldOf,
} from '../support/escalation.ts';
import { auditOf } from '../support/events.ts';
import { dbFailingAtStatement, everyRow } from '../support/failing-statement.ts';
import { eventRow, owing } from '../support/grouping.ts';
import { act, opened } from '../support/incidents.ts';
import { ADMIN, contextAt } from '../support/operations.ts';
import { person, signedIn } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';
import { deliver, runCron, silentQueue } from '../support/worker.ts';

// Policies are as old as the clock says; alerts of the tests come later.
const START = Date.now() + 3_600_000;
const at = (seconds: number) => START + seconds * 1000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

let admin: string;
let [a, b, c] = [0, 0, 0];
beforeAll(async () => {
  admin = await signedIn('admin');
  await person({ username: 'other', role: 'analyst' });
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  [a, b, c] = [await channelTo('http://a'), await channelTo('http://b'), await channelTo('http://c')];
});
afterAll(() => vi.restoreAllMocks());

const stepsOf = () => [step(0, a), step(300, a, b), step(900, c)];

/** An alert from a source, raised at the start; its id. */
async function raisedFrom(source: string, fields: Record<string, unknown> = {}): Promise<number> {
  const eventIds = await owing(admin, { source, ...fields });
  await raiseAlerts({ ctx: systemAt(START), input: { eventIds } });
  return Number((await eventRow(eventIds[0] ?? 0))?.alert_id);
}

const as = (seconds: number) => contextAt(new Date(at(seconds)), ADMIN);
const acknowledge = (id: number, seconds: number) =>
  acknowledgeAlert({ ctx: as(seconds), input: { id, ifMatch: undefined } });
const resolve = (id: number, seconds: number) => resolveAlert({ ctx: as(seconds), input: { id, ifMatch: undefined } });
const reopen = (id: number, seconds: number) =>
  updateAlert({ ctx: as(seconds), input: { id, patch: { status: 'open' }, ifMatch: undefined } });
const actionsOf = async (id: number) => (await auditOf(`alert:${id}`)).map(({ action }) => action);

describe('the steps of a policy', () => {
  it('tell their channels at their times, and each tells when the next one comes', async () => {
    await policed(admin, { matchers: from('steps'), steps: stepsOf() });
    const id = await raisedFrom('steps');
    expect(await advanceAt(at(0), id)).toEqual([{ ids: [id], delaySeconds: 300 }]);
    expect(await toldOf(id)).toEqual([`alert.raised 1.1 to ${a}`]);
    expect(await advanceAt(at(299), id)).toEqual([]);
    expect(await advanceAt(at(300), id)).toEqual([{ ids: [id], delaySeconds: 600 }]);
    expect(await advanceAt(at(901), id)).toEqual([]);
    expect(await toldOf(id)).toEqual([
      ...[`alert.raised 1.1 to ${a}`, `alert.escalated 2.1 to ${a}`, `alert.escalated 2.1 to ${b}`],
      `alert.escalated 3.1 to ${c}`,
    ]);
    expect(await escalationRow(id)).toMatchObject({ due_at: null });
  });

  it('are gone through again, so long after the last one', async () => {
    const repeat = { count: 2, after_seconds: 60 };
    await policed(admin, { matchers: from('rounds'), steps: [step(0, a), step(60, b)], repeat });
    const id = await raisedFrom('rounds');
    for (let seconds = 0; seconds <= 600; seconds += 30) await advanceAt(at(seconds), id);
    const kinds = ['raised', 'escalated', 'escalated', 'escalated', 'escalated', 'escalated'];
    const places = ['1.1', '2.1', '1.2', '2.2', '1.3', '2.3'];
    expect(await toldOf(id)).toEqual(kinds.map((kind, n) => `alert.${kind} ${places[n]} to ${n % 2 ? b : a}`));
    const { results } = await env.DB.prepare('SELECT created_at FROM deliveries WHERE subject = ? ORDER BY id')
      .bind(`alert:${id}`)
      .all<{ created_at: number }>();
    expect(results.map(({ created_at }) => (created_at - START) / 1000)).toEqual([0, 60, 120, 180, 240, 300]);
  });

  it('that became due while nothing ran are each told once, in order', async () => {
    await policed(admin, { matchers: from('late'), steps: stepsOf() });
    const id = await raisedFrom('late');
    await advanceAt(at(100_000), id);
    expect((await toldOf(id)).map((told) => told.split(' ')[1])).toEqual(['1.1', '2.1', '2.1', '3.1']);
  });

  it('pass over channels that are disabled or gone, and go on', async () => {
    const [off, gone] = [await channelTo('http://off'), await channelTo('http://gone')];
    await policed(admin, { matchers: from('holes'), steps: [step(0, off, gone), step(60, off, a)] });
    await env.DB.batch([
      env.DB.prepare('UPDATE channels SET enabled = 0 WHERE id = ?').bind(off),
      env.DB.prepare('DELETE FROM channels WHERE id = ?').bind(gone),
    ]);
    const id = await raisedFrom('holes');
    await advanceAt(at(60), id);
    expect(await toldOf(id)).toEqual([`alert.escalated 2.1 to ${a}`]);
  });

  it('follow a policy that is changed from where they are, and end with one that is deleted', async () => {
    const { id: policy } = await policed(admin, { matchers: from('edited'), steps: stepsOf() });
    const path = `/api/v1/escalation-policies/${policy}`;
    const id = await raisedFrom('edited');
    await advanceAt(at(0), id);
    const body = { steps: [step(0, c), step(120, b), step(240, c), step(360, a)] };
    await expectStatus(await call('PATCH', path, { token: admin, body }), 200);
    await advanceAt(at(300), id);
    expect((await toldOf(id)).slice(1)).toEqual([`alert.escalated 2.1 to ${b}`, `alert.escalated 3.1 to ${c}`]);
    await expectStatus(await call('DELETE', path, { token: admin }), 204);
    // The id is given again: what began before the new policy is not its.
    const heir = await policed(admin, { matchers: from('edited'), steps: stepsOf() });
    expect(heir.id).toBe(policy);
    await env.DB.prepare('UPDATE escalation_policies SET created_at = ? WHERE id = ?').bind(at(330), policy).run();
    await advanceAt(at(360), id);
    expect(await toldOf(id)).toHaveLength(3);
    await resolve(id, 400);
    await advanceAt(at(400), id);
    expect((await toldOf(id)).slice(3).map((told) => told.split(' ')[0])).toEqual(
      Array.from({ length: 3 }, () => 'alert.resolved'),
    );
  });

  it('carry the alert as it was, by the agreed names', async () => {
    await policed(admin, { name: 'Named', matchers: from('told'), steps: [step(0, a)] });
    const id = await raisedFrom('told', { severity: 'critical', dedup_key: 'told' });
    await advanceAt(at(1), id);
    const row = await env.DB.prepare('SELECT payload, key FROM deliveries WHERE subject = ?')
      .bind(`alert:${id}`)
      .first();
    expect(row?.key).toBe(`alert:${id}/round:1/step:1/${iso(0)}`);
    expect(JSON.parse(String(row?.payload))).toEqual({
      ...{ kind: 'alert.raised', at: iso(1), url: null, escalation: { policy: 'Named', step: 1, round: 1 } },
      alert: {
        ...{ id, severity: 'critical', status: 'open', verdict: null, source: 'told', event_type: 'scan' },
        ...{ description: 'Port scan detected', dedup_key: 'told', event_count: 1, assignee: null },
        ...{ first_seen: expect.any(String), last_seen: expect.any(String) },
        ...{ acknowledged_by: null, resolved_by: null },
      },
    });
  });
});

describe('a change of status', () => {
  it('is announced to those who were told and ends the steps; reopened, they begin again', async () => {
    await policed(admin, { matchers: from('status'), steps: stepsOf() });
    const id = await raisedFrom('status');
    await advanceAt(at(0), id);
    await acknowledge(id, 200);
    expect(await escalationRow(id)).toMatchObject({ due_at: at(200), announced: 'open' });
    await advanceAt(at(200), id);
    await advanceAt(at(5_000), id);
    await resolve(id, 6_000);
    await advanceAt(at(6_000), id);
    expect(await escalationRow(id)).toMatchObject({ due_at: null, announced: 'resolved' });
    await reopen(id, 7_000);
    expect(await advanceAt(at(7_000), id)).toEqual([{ ids: [id], delaySeconds: 300 }]);
    await advanceAt(at(7_300), id);
    await acknowledge(id, 7_400);
    await resolve(id, 7_500);
    // Who looks late hears how it is, not how it was.
    await advanceAt(at(7_600), id);
    expect(await toldOf(id)).toEqual([
      ...[`alert.raised 1.1 to ${a}`, `alert.acknowledged to ${a}`, `alert.resolved to ${a}`],
      ...[`alert.reopened to ${a}`, `alert.raised 1.1 to ${a}`],
      ...[`alert.escalated 2.1 to ${a}`, `alert.escalated 2.1 to ${b}`],
      ...[`alert.resolved to ${a}`, `alert.resolved to ${b}`],
    ]);
  });

  it('before anybody was told is announced to nobody', async () => {
    await policed(admin, { matchers: from('quick'), steps: [step(60, a)] });
    const id = await raisedFrom('quick');
    await acknowledge(id, 30);
    await advanceAt(at(60), id);
    expect(await toldOf(id)).toEqual([]);
  });

  it('asks the queue at once, by whatever way it comes', async () => {
    await policed(admin, { matchers: from('ways'), steps: [step(0, a)] });
    const ids = [await raisedFrom('ways'), await raisedFrom('ways'), await raisedFrom('ways')];
    const [one = 0, two = 0, three = 0] = ids;
    for (const id of ids) await advanceAt(at(0), id);
    const post = async (path: string, body: unknown) => {
      await expectStatus(await call('POST', `/api/v1/${path}`, { token: admin, body }), 200);
    };
    const { id: incident } = await opened(admin);
    await post(`incidents/${incident}/alerts`, { alert_ids: [two] });
    await post(`alerts/${one}/assign`, { assignee: 'other' });
    expect(await escalationRow(one)).toMatchObject({ due_at: null });
    await post('alerts/bulk', { action: 'acknowledge', ids: [one] });
    await expectStatus(await act(admin, incident, 'resolve', { resolve_alerts: true }), 200);
    await post(`alerts/${three}/acknowledge`, undefined);
    // The real queue brings it.
    for (const [id, what] of [
      [one, 'acknowledged'],
      [two, 'resolved'],
      [three, 'acknowledged'],
    ] as const) {
      await vi.waitUntil(async () => (await toldOf(id)).length === 2, { timeout: 10_000, interval: 50 });
      expect((await toldOf(id)).at(-1)).toBe(`alert.${what} to ${a}`);
    }
  });
});

describe('targets', () => {
  const TARGETS = {
    high: { acknowledge_seconds: 300, resolve_seconds: 3_600 },
    critical: { acknowledge_seconds: 60, resolve_seconds: 600 },
  };
  const marksOf = async (id: number) => {
    const { targets } = await escalationOf(admin, id);
    return [targets.acknowledge.missed_at, targets.resolve.missed_at];
  };

  it('that are missed are marked at their deadlines, audited, counted, and told to those who were told', async () => {
    await policed(admin, { matchers: from('missed'), steps: [step(0, a)], targets: TARGETS });
    const id = await raisedFrom('missed');
    await runCron('* * * * *', { ALERT_QUEUE: silentQueue });
    await makeFoldDue();
    await runCron('* * * * *', { ALERT_QUEUE: silentQueue });
    await advanceAt(at(0), id);
    await advanceAt(at(299), id);
    expect(await marksOf(id)).toEqual([null, null]);
    expect(await advanceAt(at(330), id)).toEqual([{ ids: [id], delaySeconds: 3_270 }]);
    expect(await marksOf(id)).toEqual([iso(300), null]);
    await acknowledge(id, 400);
    await advanceAt(at(400), id);
    await advanceAt(at(9_000), id);
    expect(await marksOf(id)).toEqual([iso(300), iso(3_600)]);
    expect(await toldOf(id)).toEqual(
      ['raised 1.1', 'target_missed acknowledge', 'acknowledged', 'target_missed resolve'].map(
        (told) => `alert.${told} to ${a}`,
      ),
    );
    expect(await actionsOf(id)).toEqual(['alert.miss_target', 'alert.acknowledge', 'alert.miss_target']);
    for (const { stored, recounted } of await rollupsAndRecount()) expect(stored).toEqual(recounted);
  });

  it('are marked by a late answer itself, and by no early one', async () => {
    await policed(admin, { matchers: from('answers'), targets: TARGETS });
    const [early, late, resolved, never] = [
      await raisedFrom('answers'),
      await raisedFrom('answers'),
      await raisedFrom('answers'),
      await raisedFrom('answers', { severity: 'critical' }),
    ];
    await acknowledge(early, 299);
    await resolve(early, 3_599);
    await acknowledge(late, 300);
    await resolve(late, 3_601);
    // Resolving answers it, too.
    await resolve(resolved, 301);
    for (const id of [early, late, resolved, never]) await advanceAt(at(100_000), id);
    expect(await marksOf(early)).toEqual([null, null]);
    expect(await marksOf(late)).toEqual([iso(300), iso(3_600)]);
    expect(await marksOf(resolved)).toEqual([iso(300), null]);
    expect(await marksOf(never)).toEqual([iso(60), iso(600)]);
    expect(await actionsOf(late)).toEqual(['alert.acknowledge', 'alert.resolve']);
  });

  it('begin anew when an alert is reopened, and what was missed stays so', async () => {
    await policed(admin, { matchers: from('anew'), targets: TARGETS });
    const id = await raisedFrom('anew');
    await acknowledge(id, 100);
    await resolve(id, 4_000);
    await reopen(id, 10_000);
    const { targets } = await escalationOf(admin, id);
    expect(targets).toEqual({
      acknowledge: { by: iso(10_300), missed_at: null },
      resolve: { by: iso(13_600), missed_at: iso(3_600) },
    });
    await advanceAt(at(10_001), id);
    await acknowledge(id, 10_200);
    await advanceAt(at(10_200), id);
    await advanceAt(at(100_000), id);
    expect(await marksOf(id)).toEqual([null, iso(3_600)]);
  });
});

describe('nothing is lost or told twice', () => {
  const TARGETS = { high: { acknowledge_seconds: 200, resolve_seconds: null } };
  const whole = () => [
    ...[`alert.raised 1.1 to ${a}`, `alert.target_missed acknowledge to ${a}`],
    ...[`alert.escalated 2.1 to ${a}`, `alert.escalated 2.1 to ${b}`, `alert.escalated 3.1 to ${c}`],
  ];

  it('when the database fails at any statement of any action', async () => {
    await policed(admin, { matchers: from('killed'), steps: stepsOf(), targets: TARGETS });
    const id = await raisedFrom('killed');
    let failures = 0;
    for (const seconds of [0, 200, 300, 900]) {
      for (let n = 1; ; n++) {
        const before = await everyRow();
        const ctx = systemAt(at(seconds), dbFailingAtStatement(n).db);
        const failed = await advanceEscalations({ ctx, input: { alertIds: [id] } }).then(
          () => false,
          () => true,
        );
        if (!failed) break;
        failures += 1;
        expect(isDeepStrictEqual(await everyRow(), before)).toBe(true);
        expect(ctx.sent).toEqual([]);
      }
    }
    expect(failures).toBeGreaterThanOrEqual(4 * 3);
    expect(await toldOf(id)).toEqual(whole());
    expect(await actionsOf(id)).toEqual(['alert.miss_target']);
  });

  it('by queue and cron at once, by messages that come twice, early or late', async () => {
    await policed(admin, { matchers: from('crowd'), steps: stepsOf(), targets: TARGETS });
    const ids = [await raisedFrom('crowd'), await raisedFrom('crowd'), await raisedFrom('crowd')];
    for (let seconds = 0; seconds <= 1_000; seconds += 50) {
      const one = (shift: number) =>
        advanceEscalations({ ctx: systemAt(at(seconds + shift)), input: { alertIds: [...ids, ...ids] } });
      const cron = () => advanceDueEscalations({ ctx: systemAt(at(seconds)) });
      await Promise.all([one(0), cron(), one(-40), one(0), cron(), one(0)]);
    }
    for (const id of ids) {
      expect(await toldOf(id)).toEqual(whole());
      expect(await actionsOf(id)).toEqual(['alert.miss_target']);
    }
  });

  it('while somebody acknowledges: what is told afterwards is only that', async () => {
    await policed(admin, { matchers: from('raced'), steps: stepsOf() });
    for (let round = 0; round < 10; round++) {
      const id = await raisedFrom('raced');
      await advanceAt(at(0), id);
      const advance = () => advanceEscalations({ ctx: systemAt(at(300)), input: { alertIds: [id] } });
      // Of the same millisecond as the step.
      await Promise.all([advance(), acknowledge(id, 300), advance()]);
      await advanceAt(at(900), id);
      const told = await toldOf(id);
      expect(told.filter((one) => one.startsWith('alert.acknowledged')).length).toBe(told.length === 2 ? 1 : 2);
      expect(told.at(-1)).toMatch(/^alert.acknowledged/);
      expect(new Set(told).size).toBe(told.length);
    }
  });
});

describe('a run', () => {
  it('does one thing about a hundred at most, and sends for the rest', async () => {
    const { id: policy } = await policed(admin, { matchers: from('many'), steps: [step(0, a)] });
    const ids = await manyAlerts(150, 'many');
    await env.DB.prepare(
      `INSERT INTO escalations (alert_id, policy_id, started_at, step, round, announced, due_at)
       SELECT value, ?, ?, 0, 0, 'open', ? FROM json_each(?)`,
    )
      .bind(policy, START, START, JSON.stringify(ids))
      .run();
    const ctx = systemAt(START);
    await advanceDueEscalations({ ctx });
    expect(ctx.sent.map(({ ids: some, delaySeconds }) => [some.length >= 50, delaySeconds])).toEqual([[true, 0]]);
    const [rest] = ctx.sent;
    await advanceEscalations({ ctx: systemAt(START), input: { alertIds: rest?.ids ?? [] } });
    const done = env.DB.prepare('SELECT count(*) AS n FROM escalations WHERE policy_id = ? AND due_at IS NULL').bind(
      policy,
    );
    expect(await done.first('n')).toBe(150);
  });

  it('of the cron costs at most one row read when nothing is due, however many wait', async () => {
    const { db, cost } = countedDb(env.DB);
    await advanceDueEscalations({ ctx: { ...systemAt(at(-1)), db: database(db) } });
    expect(cost).toMatchObject({ calls: 1, statements: 1, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(1);
  });

  it('of a step writes its deliveries and two rows', async () => {
    await policed(admin, { matchers: from('cost'), steps: [step(0, a, b), step(60, c)] });
    const id = await raisedFrom('cost');
    const { db, cost } = countedDb(env.DB);
    await advanceAt(at(0), id, db);
    expect(cost).toMatchObject({ calls: 2, statements: 3, rowsWritten: 2 * 4 + 2 });
    expect(cost.rowsRead).toBeLessThanOrEqual(60);
  });

  it('is one of each minute, and the work of a message', async () => {
    const { id: policy } = await policed(admin, { matchers: from('wired'), steps: [step(0, a), step(1, b)] });
    const id = await raisedFrom('wired');
    const now = Date.now();
    await env.DB.batch([
      env.DB.prepare('UPDATE escalations SET started_at = ?, due_at = ? WHERE alert_id = ?').bind(
        now - 60_000,
        now,
        id,
      ),
      env.DB.prepare('UPDATE escalation_policies SET created_at = 0 WHERE id = ?').bind(policy),
      env.DB.prepare('UPDATE alerts SET created_at = ? WHERE id = ?').bind(now - 60_000, id),
    ]);
    const queues = { ALERT_QUEUE: silentQueue, DELIVERY_QUEUE: silentQueue };
    await runCron('* * * * *', queues);
    expect(await toldOf(id)).toHaveLength(1);
    const { retryMessages } = await deliver([{ type: 'escalate', alert_ids: [id] }], { bindings: queues });
    expect(retryMessages).toEqual([]);
    expect(await toldOf(id)).toEqual([`alert.raised 1.1 to ${a}`, `alert.escalated 2.1 to ${b}`]);
  });
});

describe('the escalation of an alert', () => {
  it('shows policy, who was told when, the step to come, and the targets', async () => {
    const policy = await policed(admin, {
      ...{ name: 'Shown', matchers: from('shown'), steps: stepsOf() },
      targets: { high: { acknowledge_seconds: 600 } },
    });
    const id = await raisedFrom('shown');
    await advanceAt(at(300), id);
    const channel = (of: number) => ({ id: of, name: expect.any(String), state: 'enabled' });
    expect(await escalationOf(admin, id)).toEqual({
      ...{ alert_id: id, policy: { id: policy.id, name: 'Shown' }, started_at: iso(0) },
      told: [
        { kind: 'alert.raised', at: iso(300), step: 1, round: 1, channels: [channel(a)] },
        { kind: 'alert.escalated', at: iso(300), step: 2, round: 1, channels: [channel(a), channel(b)] },
      ],
      next: { at: iso(900), step: 3, round: 1, channels: [channel(c)] },
      targets: { acknowledge: { by: iso(600), missed_at: null }, resolve: { by: null, missed_at: null } },
    });
    await acknowledge(id, 400);
    expect((await escalationOf(admin, id)).next).toBeNull();
  });

  it('of one without a policy is empty, and without an alert there is none', async () => {
    const id = await raisedFrom('nobody');
    expect(await escalationOf(admin, id)).toMatchObject({ policy: null, started_at: null, told: [], next: null });
    await expectStatus(await call('GET', '/api/v1/alerts/999999/escalation', { token: admin }), 404);
  });
});

describe('an alert that is deleted', () => {
  it('leaves no escalation, and the alert that gets its id has one of its own', async () => {
    await policed(admin, { matchers: from('deleted'), steps: [step(0, a)] });
    const remove = (path: string) => call('DELETE', `/api/v1/${path}`, { token: admin });
    const id = await raisedFrom('deleted');
    await advanceAt(at(0), id);
    await expectStatus(await remove(`alerts/${id}`), 204);
    expect(await escalationRow(id)).toBeNull();
    const [event = 0] = await owing(admin, { source: 'deleted' });
    await raiseAlerts({ ctx: systemAt(at(60)), input: { eventIds: [event] } });
    expect(await eventRow(event)).toMatchObject({ alert_id: id });
    await advanceAt(at(60), id);
    expect(await toldOf(id)).toEqual(Array.from({ length: 2 }, () => `alert.raised 1.1 to ${a}`));
    expect((await escalationOf(admin, id)).told).toHaveLength(1);
    await expectStatus(await remove(`events/${event}`), 204);
    expect(await escalationRow(id)).toBeNull();
  });
});
