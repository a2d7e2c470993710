import type { Severity } from '../../src/core/severity.ts';
import { raisesAlert } from '../../src/core/severity.ts';
import { busyMoments, type Period } from './period.ts';
import type { PlannedIncident } from './plan-incidents.ts';
import type { Random } from './random.ts';
import { SCENES, type Scene } from './scenes.ts';
import { SOURCES, type Source } from './sources.ts';

/** An event before its text is written: what is known of it by those that refer to it. */
export type PlannedEvent = {
  id: number;
  at: number;
  source: Source;
  scene: Scene;
  alertId: number | null;
  /** The incident that it is a part of. */
  incident: PlannedIncident | null;
};

type Plan = { period: Period; count: number; incidents: PlannedIncident[]; firstId: number; firstAlertId: number };

const CALM: [Severity, number][] = [
  ['low', 60],
  ['medium', 25],
  ['high', 11],
  ['critical', 4],
];

const OUTBREAK: [Severity, number][] = [
  ['low', 35],
  ['medium', 30],
  ['high', 24],
  ['critical', 11],
];

/** Of all events, those that belong to an outbreak. */
const OUTBREAK_SHARE = 0.06;

/** So many events, in the order of their ids and of time. High and Critical ones have the ids of their alerts. */
export function planEvents(random: Random, plan: Plan): PlannedEvent[] {
  let alertId = plan.firstAlertId;
  return momentsOf(random, plan).map(({ at, source, incident }, index) => {
    const severity = random.weighted(incident ? OUTBREAK : CALM);
    const scenes: Scene[] = SCENES[source.kind];
    const scene = random.pick(scenes.filter(([, of]) => of === severity));
    return { id: plan.firstId + index, at, source, scene, incident, alertId: raisesAlert(severity) ? alertId++ : null };
  });
}

type Moment = Pick<PlannedEvent, 'at' | 'source' | 'incident'>;

function momentsOf(random: Random, { period, count, incidents }: Plan): Moment[] {
  const outbreaks = incidents.filter(({ outbreak }) => outbreak !== null);
  const inOutbreaks = outbreaks.length > 0 ? Math.round(count * OUTBREAK_SHARE) : 0;
  const weights = SOURCES.map((source) => [source, source.weight] as const);
  const calm = busyMoments(random, { ...period, count: count - inOutbreaks });
  const moments = calm.map((at): Moment => ({ at, source: random.weighted(weights), incident: null }));
  for (let n = 0; n < inOutbreaks; n++) {
    const incident = random.pick(outbreaks);
    const { from, to } = incident.outbreak ?? period;
    // It begins with a bang and fades away.
    moments.push({ at: Math.floor(from + random.next() ** 2 * (to - from)), source: incident.source, incident });
  }
  return moments.sort((one, other) => one.at - other.at);
}
