import type { alerts } from '../../src/alerts/table.ts';
import type { Step } from './history.ts';
import type { Team } from './people.ts';
import { HOUR, MINUTE } from './period.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { PlannedIncident } from './plan-incidents.ts';
import type { Random } from './random.ts';

/** By the id of the alert: how it came to its incident. */
export type Links = Map<number, Step<typeof alerts.$inferSelect>>;

type Plan = { planned: PlannedEvent[]; incidents: PlannedIncident[]; team: Team };

const MAX_LINKS = 20;
const NEAR = 12 * HOUR;

/** Who works on an incident links the alerts of its outbreak; without one, the last few of its source before it. */
export function linkAlerts(random: Random, { planned, incidents, team }: Plan): Links {
  const links: Links = new Map();
  const owing = planned.filter(({ alertId }) => alertId !== null);
  const ofOutbreak = Map.groupBy(owing, ({ incident }) => incident);
  const calm = Map.groupBy(ofOutbreak.get(null) ?? [], ({ source }) => source);
  for (const incident of incidents) {
    if (incident.mistaken) continue;
    const ofSource = calm.get(incident.source) ?? [];
    const near = ofSource.filter(({ at }) => at > incident.at - NEAR && at < incident.at - 5_000).slice(-3);
    const found = incident.outbreak ? (ofOutbreak.get(incident) ?? []) : near;
    for (const event of found.slice(0, MAX_LINKS)) {
      if (event.alertId === null || links.has(event.alertId) || random.chance(0.2)) continue;
      links.set(event.alertId, link(random, { event, incident, team }));
    }
  }
  return links;
}

type Pair = { event: PlannedEvent; incident: PlannedIncident; team: Team };

function link(random: Random, { event, incident, team }: Pair) {
  const owner = team.triagers.includes(incident.owner) ? incident.owner : random.pick(team.triagers);
  return {
    at: Math.max(event.at, incident.at) + random.between(10_000, 30 * MINUTE),
    actor: `user:${owner}`,
    action: 'alert.link',
    target: `incident:${incident.id}/alert:${event.alertId}`,
    set: { incidentId: incident.id },
  };
}
