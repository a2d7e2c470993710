import { fill } from './fill.ts';
import { INCIDENT_SCENES, type IncidentScene } from './incident-scenes.ts';
import type { Team } from './people.ts';
import { busyMoments, DAY, HOUR, MINUTE, type Period } from './period.ts';
import type { Random } from './random.ts';
import { SOURCES, type Source } from './sources.ts';

/** An incident as somebody opens it. */
export type PlannedIncident = {
  id: number;
  at: number;
  scene: IncidentScene;
  source: Source;
  title: string;
  description: string;
  owner: string;
  /** When events burst out at its source; null: nothing of it is seen in events. */
  outbreak: Period | null;
  /** Opened by mistake: it is deleted soon. */
  mistaken: boolean;
};

type Plan = { period: Period; count: number; firstId: number; team: Team };

const MISTAKES = 3;
// A mistake from earlier would be purged by now.
const MISTAKES_SINCE = 20 * DAY;

/** So many incidents, in the order of their ids and of time. */
export function planIncidents(random: Random, { period, count, firstId, team }: Plan): PlannedIncident[] {
  const moments = busyMoments(random, { ...period, count });
  const recent = moments.flatMap((at, index) => (at > period.to - MISTAKES_SINCE ? [index] : []));
  // About one incident in twenty, spread over the weeks since.
  const mistakes = Math.min(MISTAKES, Math.floor(count / 20), recent.length);
  const mistaken = new Set(
    Array.from({ length: mistakes }, (_, n) => recent[Math.floor((n * recent.length) / mistakes)]),
  );
  return moments.map((at, index) => {
    const scene = random.pick(INCIDENT_SCENES);
    const source = random.pick(SOURCES.filter(({ kind }) => kind === scene.kind));
    const { title, description } = texts(random, { scene, source });
    return {
      id: firstId + index,
      at,
      scene,
      source,
      title,
      description,
      owner: random.weighted([
        ...team.triagers.map((name) => [name, 3] as const),
        ...team.members.map((name) => [name, 1] as const),
      ]),
      outbreak: scene.outbreak && !mistaken.has(index) ? outbreakAround(random, { at, period }) : null,
      mistaken: mistaken.has(index),
    };
  });
}

/** Title and description speak of the same host, user and address. */
function texts(random: Random, { scene, source }: { scene: IncidentScene; source: Source }) {
  const both = `${scene.title}\n${scene.description}`.replaceAll('{source}', source.name);
  const [title = '', description = ''] = fill(random, both).text.split('\n', 2);
  return { title, description };
}

/** It begins before somebody sees it. */
function outbreakAround(random: Random, { at, period }: { at: number; period: Period }): Period {
  return {
    from: Math.max(period.from, at - random.between(5, 40) * MINUTE),
    to: Math.min(period.to, at + random.between(1, 5) * HOUR),
  };
}
