import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { acknowledgeAlert } from '../../src/alerts/acknowledge-alert.ts';
import { assignAlert } from '../../src/alerts/assign-alert.ts';
import { deleteAlert } from '../../src/alerts/delete-alert.ts';
import { resolveAlert } from '../../src/alerts/resolve-alert.ts';
import { sweepPending } from '../../src/alerts/sweep-pending.ts';
import { updateAlert } from '../../src/alerts/update-alert.ts';
import type { Context } from '../../src/core/context.ts';
import { DomainError } from '../../src/core/errors.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { advanceDueEscalations } from '../../src/escalation/advance-due-escalations.ts';
import { newPolicy } from '../../src/escalation/contract.ts';
import { createEscalationPolicy } from '../../src/escalation/create-escalation-policy.ts';
import { MAX_ATTRIBUTES_BYTES, newEvent } from '../../src/events/contract.ts';
import { deleteEvent } from '../../src/events/delete-event.ts';
import { ingestEvents } from '../../src/events/ingest-events.ts';
import { patchEvent } from '../../src/events/patch-event.ts';
import { incidentPatch, newIncident } from '../../src/incidents/contract.ts';
import { createIncident } from '../../src/incidents/create-incident.ts';
import { deleteIncident } from '../../src/incidents/delete-incident.ts';
import { INCIDENT_SEVERITIES } from '../../src/incidents/lifecycle.ts';
import { mitigateIncident } from '../../src/incidents/mitigate-incident.ts';
import { reopenIncident } from '../../src/incidents/reopen-incident.ts';
import { resolveIncident } from '../../src/incidents/resolve-incident.ts';
import { restoreIncident } from '../../src/incidents/restore-incident.ts';
import { updateIncident } from '../../src/incidents/update-incident.ts';
import { foldCounts } from '../../src/reports/fold-counts.ts';
import { ADMIN, contextAt } from '../support/operations.ts';
import { person } from '../support/people.ts';
import { makeFoldDue, rollupsAndRecount } from '../support/rollups.ts';

const OPERATIONS = 20_000;
const AT_ONCE = 6;
const SEED = 20_261_121;

/** mulberry32: the same operations every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(SEED);
const below = (limit: number) => Math.floor(random() * limit);
const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;

let now = Date.parse('2026-11-16T22:10:00Z');
const admin = () => contextAt(new Date(now), ADMIN);
const system = () => contextAt(new Date(now));

type Newest = { events: number; alerts: number; incidents: number };
async function readNewest(): Promise<Newest> {
  const newest = await env.DB.prepare(
    'SELECT (SELECT max(id) FROM events) AS events, (SELECT max(id) FROM alerts) AS alerts, (SELECT max(id) FROM incidents) AS incidents',
  ).first<Newest>();
  return newest ?? { events: 0, alerts: 0, incidents: 0 };
}
let newest: Newest;

/** Mostly one of the newest, where ids are given again, sometimes any. */
const someId = (kind: keyof Newest) => {
  const highest = newest[kind] ?? 1;
  return random() < 0.6 ? Math.max(1, highest - below(5)) : 1 + below(highest);
};
const some = (kind: keyof Newest) => ({ id: someId(kind), ifMatch: undefined });

const anEvent = () =>
  newEvent.parse({
    source: `s-${below(9)}`,
    event_type: oneOf(['scan', 'login']),
    severity: oneOf(SEVERITIES),
    dedup_key: random() < 0.2 ? `key-${below(40)}` : null,
  });

async function ingest(ctx: Context): Promise<number> {
  const input = Array.from({ length: 1 + below(120) }, anEvent);
  await ingestEvents({ ctx, input });
  return input.length;
}

const VERDICTS = ['true_positive', 'false_positive', 'benign', undefined] as const;
const fold = async () => {
  await makeFoldDue();
  await foldCounts({ ctx: system() });
};

const TOO_LARGE = { text: 'x'.repeat(MAX_ATTRIBUTES_BYTES) };

type Step = (ctx: Context) => Promise<unknown>;
const STEPS: [number, Step][] = [
  [6, ingest],
  [4, () => sweepPending({ ctx: system() })],
  [4, fold],
  // Marks what nobody answered in time.
  [1, () => advanceDueEscalations({ ctx: system() })],
  [10, (ctx) => acknowledgeAlert({ ctx, input: some('alerts') })],
  [8, (ctx) => resolveAlert({ ctx, input: { ...some('alerts'), verdict: oneOf(VERDICTS) } })],
  [3, (ctx) => assignAlert({ ctx, input: { ...some('alerts'), assignee: 'admin' } })],
  [4, (ctx) => updateAlert({ ctx, input: { ...some('alerts'), patch: { status: 'open' } } })],
  [
    4,
    (ctx) => updateAlert({ ctx, input: { ...some('alerts'), patch: { severity: oneOf(SEVERITIES), verdict: null } } }),
  ],
  [3, (ctx) => deleteAlert({ ctx, input: some('alerts') })],
  [2, (ctx) => deleteAlert({ ctx, input: { id: newest.alerts, ifMatch: undefined } })],
  [8, (ctx) => patchEvent({ ctx, input: { id: someId('events'), patch: { severity: oneOf(SEVERITIES) } } })],
  [2, (ctx) => patchEvent({ ctx, input: { id: someId('events'), patch: { source: 's-x', event_type: 'sweep' } } })],
  // Refused: more than attributes may hold.
  [1, (ctx) => patchEvent({ ctx, input: { id: someId('events'), patch: { source: 's-y', attributes: TOO_LARGE } } })],
  [3, (ctx) => deleteEvent({ ctx, input: { id: someId('events') } })],
  [3, (ctx) => deleteEvent({ ctx, input: { id: newest.events } })],
  [4, (ctx) => createIncident({ ctx, input: newIncident.parse({ title: 'x', severity: oneOf(INCIDENT_SEVERITIES) }) })],
  [3, (ctx) => mitigateIncident({ ctx, input: some('incidents') })],
  [4, (ctx) => resolveIncident({ ctx, input: some('incidents') })],
  [3, (ctx) => reopenIncident({ ctx, input: some('incidents') })],
  [3, (ctx) => deleteIncident({ ctx, input: some('incidents') })],
  [3, (ctx) => restoreIncident({ ctx, input: some('incidents') })],
  [
    3,
    (ctx) =>
      updateIncident({
        ctx,
        input: { ...some('incidents'), patch: incidentPatch.parse({ severity: oneOf(INCIDENT_SEVERITIES) }) },
      }),
  ],
];
// Each as often as it weighs.
const URN = STEPS.flatMap(([weight, step]) => Array<Step>(weight).fill(step));

/** Several at once, so that changes, deletes and folds meet. What is refused (gone, wrong status) is part of life. */
async function together(steps: Step[]): Promise<number> {
  now += below(180_000);
  newest = await readNewest();
  const settled = await Promise.allSettled(steps.map((step) => step(admin())));
  let done = 0;
  settled.forEach((result, index) => {
    if (result.status === 'fulfilled') done += steps[index] === ingest ? Number(result.value) : 1;
    else if (!(result.reason instanceof DomainError)) throw result.reason;
  });
  return done;
}

const TARGETS = `SELECT sum(acknowledge_breaches) AS late, sum(acknowledge_targets - acknowledge_breaches) AS early,
  sum(resolve_breaches) AS overdue, sum(resolve_targets - resolve_breaches) AS done FROM alert_counts WHERE period = 'day'`;

it(`rollups equal a recount after ${OPERATIONS} operations, many at once and among folds`, async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  await person({ username: 'admin', role: 'admin' });
  // Rounds are a minute and a half apart, so some are answered in time and some are not.
  const targets = {
    critical: { acknowledge_seconds: 300, resolve_seconds: 900 },
    high: { acknowledge_seconds: 60 },
  };
  await createEscalationPolicy({ ctx: admin(), input: newPolicy.parse({ name: 'x', targets }) });
  await ingest(admin());
  await sweepPending({ ctx: system() });
  await createIncident({ ctx: admin(), input: newIncident.parse({ title: 'first' }) });
  let done = 0;
  for (let round = 1; done < OPERATIONS; round++) {
    done += await together(Array.from({ length: AT_ONCE }, () => oneOf(URN)));
    if (round % 100 === 0) await expectRecounted();
  }
  await fold();
  const pairs = await expectRecounted();
  expect(Math.min(...pairs.map(({ stored }) => stored.length))).toBeGreaterThan(20);
  const kept = await env.DB.prepare(TARGETS).first<Record<string, number>>();
  expect(Math.min(...Object.values(kept ?? {}))).toBeGreaterThan(20);
  expect(await miscounted()).toEqual([]);
}, 180_000);

/** Alerts that gathered other events than they say, and events that claim an alert which is not there. */
async function miscounted(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT alerts.id, event_count, count(its.id), total(its.id = event_id) AS raised_by
     FROM alerts LEFT JOIN events AS its ON its.alert_id = alerts.id
     GROUP BY alerts.id HAVING count(its.id) <> event_count OR raised_by <> 1
     UNION ALL SELECT id, alert_id, NULL, NULL FROM events WHERE alert_id NOT IN (SELECT id FROM alerts)`,
  ).all();
  return results;
}

async function expectRecounted() {
  const pairs = await rollupsAndRecount();
  for (const { stored, recounted } of pairs) expect(stored).toEqual(recounted);
  return pairs;
}
