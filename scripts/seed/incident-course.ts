import type { IncidentSeverity, IncidentStatus } from '../../src/incidents/lifecycle.ts';
import type { Step } from './history.ts';
import type { Incident } from './make-incidents.ts';
import type { Team } from './people.ts';
import { DAY, HOUR, MINUTE } from './period.ts';
import type { PlannedIncident } from './plan-incidents.ts';
import type { Random } from './random.ts';

/** How long it takes, about, until the harm stops, and then until it is over. */
const PACE: Record<IncidentSeverity, { mitigated: number; resolved: number }> = {
  sev1: { mitigated: 2 * HOUR, resolved: 10 * HOUR },
  sev2: { mitigated: 6 * HOUR, resolved: DAY },
  sev3: { mitigated: 20 * HOUR, resolved: 3 * DAY },
  sev4: { mitigated: 2 * DAY, resolved: 5 * DAY },
};

/** What `INCIDENT_ARCHIVE_DAYS` is unless it is set: a cron would archive older ones at the next start. */
const ARCHIVED_AFTER = 30 * DAY;

type Case = { plan: PlannedIncident; incident: Incident; team: Team };
type Change = Step<Incident>;

/** What becomes of an incident, now and in future: it is taken, contained, ended, and archived when it is old. */
export function courseOf(random: Random, given: Case): Change[] {
  const { plan, incident, team } = given;
  const openedAt = incident.createdAt.getTime();
  if (plan.mistaken) return [deletion(incident, openedAt + random.between(4, 90) * MINUTE)];
  const { mitigated, resolved } = PACE[incident.severity];
  // Some are nobody's business for long.
  const slowness = random.chance(0.06) ? 12 : 1;
  const actor = `user:${random.chance(0.5) ? incident.owner : random.pick(team.triagers)}`;
  const move = (at: number, status: IncidentStatus) => change(incident, { at, actor, ...MOVES[status](new Date(at)) });
  const containedAt = openedAt + 10 * MINUTE + Math.round(random.around(mitigated) * slowness);
  const endedAt = containedAt + 10 * MINUTE + Math.round(random.around(resolved) * slowness);
  const steps = [...edits(random, given), move(endedAt, 'resolved')];
  if (random.chance(0.75)) steps.push(move(containedAt, 'mitigated'));
  const comesBack = random.chance(0.06);
  const backAt = endedAt + random.between(2, 30) * HOUR;
  const overAt = comesBack ? backAt + HOUR + Math.round(random.around(resolved)) : endedAt;
  if (comesBack) steps.push(move(backAt, 'open'), move(overAt, 'resolved'));
  if (random.chance(0.5)) steps.push(review({ plan, incident, actor, at: overAt + random.between(5, 50) * MINUTE }));
  return [...steps, archival(incident, overAt + ARCHIVED_AFTER + random.between(1, 5) * MINUTE)];
}

/** A change of an incident; each moves `updated_at`. */
function change(incident: Incident, step: Omit<Change, 'target'>): Change {
  return { ...step, target: `incident:${incident.id}`, set: { ...step.set, updatedAt: new Date(step.at) } };
}

const MOVES: Record<IncidentStatus, (at: Date) => Pick<Change, 'action' | 'set'>> = {
  open: () => ({
    action: 'incident.reopen',
    set: { status: 'open', mitigatedAt: null, resolvedAt: null, archivedAt: null },
  }),
  mitigated: (at) => ({ action: 'incident.mitigate', set: { status: 'mitigated', mitigatedAt: at } }),
  resolved: (at) => ({ action: 'incident.resolve', set: { status: 'resolved', resolvedAt: at } }),
};

function deletion(incident: Incident, at: number): Change {
  const set = { deletedAt: new Date(at) };
  return change(incident, { at, actor: `user:${incident.owner}`, action: 'incident.delete', set });
}

function archival(incident: Incident, at: number): Change {
  return change(incident, { at, actor: 'system:cron', action: 'incident.archive', set: { archivedAt: new Date(at) } });
}

/** It is handed to somebody, and now and then turns out worse than it looked. */
function edits(random: Random, { plan, incident, team }: Case): Change[] {
  const openedAt = incident.createdAt.getTime();
  const edit = (at: number, set: Partial<Incident>) =>
    change(incident, { at, actor: `user:${incident.owner}`, action: 'incident.update', set });
  const assignee = random.pick([...team.triagers, ...team.members]);
  const steps = random.chance(0.85) ? [edit(openedAt + random.between(1, 8) * MINUTE, { assignee })] : [];
  const [severity = incident.severity] = plan.scene.severities.toSorted();
  const turnsOutWorse = severity !== incident.severity && random.chance(0.3);
  return turnsOutWorse ? [...steps, edit(openedAt + 9 * MINUTE, { severity })] : steps;
}

type Review = { plan: PlannedIncident; incident: Incident; actor: string; at: number };

/** Afterwards somebody writes down what it was. */
function review({ plan, incident, actor, at }: Review): Change {
  const description = `${incident.description}\n\n**Cause.** ${plan.scene.cause}`;
  return change(incident, { at, actor, action: 'incident.update', set: { description } });
}
