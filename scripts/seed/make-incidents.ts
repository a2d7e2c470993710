import { incidents } from '../../src/incidents/table.ts';
import { type Entry, live } from './history.ts';
import { courseOf } from './incident-course.ts';
import type { Team } from './people.ts';
import type { Period } from './period.ts';
import type { PlannedIncident } from './plan-incidents.ts';
import type { Random } from './random.ts';

export type Incident = Omit<typeof incidents.$inferSelect, 'shelf'>;

type Plan = { planned: PlannedIncident[]; team: Team; period: Period };

/** Incidents as they are by now, and what the log says of them. */
export function makeIncidents(random: Random, { planned, team, period }: Plan): { rows: Incident[]; log: Entry[] } {
  const log: Entry[] = [];
  const rows = planned.map((plan) => {
    const incident = opened(random, plan);
    // What would lie in the future has not happened yet.
    const steps = courseOf(random, { plan, incident, team }).filter(({ at }) => at < period.to);
    const lived = live(incidents, { row: incident, steps });
    log.push(creation(incident), ...lived.log);
    return lived.row;
  });
  return { rows, log };
}

function opened(random: Random, { id, at, scene, title, description, owner }: PlannedIncident): Incident {
  return {
    id,
    title,
    description,
    service: scene.service,
    severity: random.pick(scene.severities),
    status: 'open',
    owner,
    assignee: null,
    tags: scene.tags.toSorted(),
    createdAt: new Date(at),
    updatedAt: new Date(at),
    mitigatedAt: null,
    resolvedAt: null,
    archivedAt: null,
    deletedAt: null,
    version: 1,
  };
}

function creation({
  id,
  createdAt,
  owner,
  title,
  description,
  service,
  severity,
  status,
  assignee,
  tags,
}: Incident): Entry {
  const after = { title, description, service, severity, status, assignee, tags };
  return {
    at: createdAt.getTime(),
    actor: `user:${owner}`,
    action: 'incident.create',
    target: `incident:${id}`,
    after,
  };
}
