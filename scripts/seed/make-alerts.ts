import { alerts } from '../../src/alerts/table.ts';
import { type Entry, live, type Step } from './history.ts';
import type { Links } from './link-alerts.ts';
import type { Team } from './people.ts';
import { HOUR, isOfficeHour, MINUTE, type Period } from './period.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { Random } from './random.ts';

type Alert = typeof alerts.$inferSelect;
type Plan = { planned: PlannedEvent[]; links: Links; team: Team; period: Period };

/** How long people take, about: until they see an alert, and then until it is done. */
const PACE = {
  critical: { seen: 8 * MINUTE, done: 3 * HOUR },
  high: { seen: 70 * MINUTE, done: 9 * HOUR },
};

const VERDICTS: [NonNullable<Alert['verdict']>, number][] = [
  ['true_positive', 57],
  ['false_positive', 27],
  ['benign', 16],
];

/** Nobody has looked at the newest yet, so that there is something to do. */
const UNSEEN = 5;

/** An alert for each event that owes one, as it is by now, and what the log says of it. */
export function makeAlerts(random: Random, { planned, links, team, period }: Plan): { rows: Alert[]; log: Entry[] } {
  const log: Entry[] = [];
  const newest = new Set(planned.filter(({ alertId }) => alertId !== null).slice(-UNSEEN));
  let last = 0;
  const rows = planned.flatMap((event) => {
    if (event.alertId === null) return [];
    // Within a second or two, and never before the alert of an earlier event.
    last = Math.max(last, event.at + random.between(300, 1900));
    const alert = raised(event, { id: event.alertId, at: last });
    const link = links.get(alert.id);
    const triaged = newest.has(event) ? [] : triage(random, { alert, team, linked: link !== undefined });
    const steps = link ? [...triaged, link] : triaged;
    // What would lie in the future has not happened yet.
    const lived = live(alerts, { row: alert, steps: steps.filter(({ at }) => at < period.to) });
    const after = { alerts: [alert.id] };
    log.push({ at: last, actor: 'system:queue', action: 'alert.raise', target: 'alerts', after }, ...lived.log);
    return [lived.row];
  });
  return { rows, log };
}

function raised(
  { id: eventId, at: seen, scene: [, severity] }: PlannedEvent,
  { id, at }: { id: number; at: number },
): Alert {
  return {
    id,
    eventId,
    severity,
    status: 'open',
    verdict: null,
    assignee: null,
    eventCount: 1,
    firstSeen: new Date(seen),
    lastSeen: new Date(seen),
    dedupKey: null,
    openKey: null,
    previousId: null,
    recurrences: 0,
    incidentId: null,
    createdAt: new Date(at),
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    acknowledgeBy: null,
    acknowledgeBreachedAt: null,
    resolveBy: null,
    resolveBreachedAt: null,
    version: 1,
  };
}

type Case = { alert: Alert; team: Team; linked: boolean };

/** What people do about an alert: see it, take it, and close it with a verdict. Some lie about for days. */
function triage(random: Random, { alert, team, linked }: Case): Step<Alert>[] {
  const raisedAt = alert.createdAt.getTime();
  const person = random.pick(team.triagers);
  const { seen, done } = PACE[alert.severity === 'critical' ? 'critical' : 'high'];
  const slowness = (isOfficeHour(raisedAt) ? 1 : 2) * (random.chance(0.06) ? 40 : 1);
  const seenAt = raisedAt + Math.round(random.around(seen) * slowness);
  const doneAt = seenAt + MINUTE + Math.round(random.around(done) * slowness);
  const by = { actor: `user:${person}`, target: `alert:${alert.id}` };
  const verdict = linked && random.chance(0.9) ? 'true_positive' : random.weighted(VERDICTS);
  const closed: Step<Alert> = {
    ...by,
    at: doneAt,
    action: 'alert.resolve',
    set: { status: 'resolved', verdict, resolvedAt: new Date(doneAt), resolvedBy: person },
  };
  // What is plain at first sight is closed without a word.
  if (random.chance(0.06)) return [closed];
  const seenBy = { status: 'acknowledged', acknowledgedAt: new Date(seenAt), acknowledgedBy: person } as const;
  const acknowledged = { ...by, at: seenAt, action: 'alert.acknowledge', set: seenBy };
  if (random.chance(0.2)) return [acknowledged, closed];
  const takenAt = seenAt + random.between(2_000, 40_000);
  return [acknowledged, { ...by, at: takenAt, action: 'alert.assign', set: { assignee: person } }, closed];
}
