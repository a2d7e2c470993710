import { type Random, randomOf } from '../../scripts/seed/random.ts';
import type { Fault, Kill, Orders } from './faults.ts';

export type Options = {
  seed: number;
  events: number;
  kills: number;
  faults: Fault[];
  killPoints: Kill[];
};

/** An event whose fate is followed: `n` stands in its attributes. */
export type Planned = {
  n: number;
  severity: 'low' | 'medium' | 'high' | 'critical';
  /** How its sender makes sure that a retry is known. */
  key: 'external_id' | 'idempotency_key' | 'both';
};

/** What is posted in one request, and sent until it is accepted. */
export type Parcel = {
  events: Planned[];
  form: 'single' | 'json' | 'ndjson';
  poster: 'person' | 'sensor';
  /** Sent once more after it was accepted, as a sensor does that missed the answer. */
  again: boolean;
};

/** A part of the load, and what goes wrong while it is posted. */
export type Round = { orders: Orders; parcels: Parcel[] };

/** The whole run; the same options make the same plan. */
export function planRounds({ seed, events, kills, faults, killPoints }: Options): Round[] {
  const random = randomOf(seed, 'plan');
  const count = Math.max(faults.length, kills, 1);
  const eventsBefore = spread(events, count);
  const killsBefore = spread(kills, count);
  return Array.from({ length: count }, (_, index) => {
    const from = eventsBefore(index);
    const parcels = planParcels(random, { from, to: eventsBefore(index + 1) });
    const fault = faults[index % faults.length] ?? null;
    // Kills come in the order of their points, so that as many as there are points suffice for all.
    const point = killPoints[killsBefore(index) % killPoints.length];
    const isKilled = killsBefore(index + 1) > killsBefore(index);
    const kill = isKilled && point ? { point, after: afterOf(random, { point, parcels }) } : null;
    return { orders: { seed: seed + index, fault, kill }, parcels };
  });
}

/** How many of a total lie before each of so many equal parts. */
function spread(total: number, parts: number): (index: number) => number {
  return (index) => Math.floor((total * index) / parts);
}

/** Half of the events come alone, half in batches. */
function planParcels(random: Random, { from, to }: { from: number; to: number }): Parcel[] {
  const parcels: Parcel[] = [];
  for (let n = from; n < to; ) {
    const isBatch = random.chance(0.03) || parcels.length === 2;
    const length = Math.min(to - n, isBatch ? random.between(10, 60) : 1);
    const form = isBatch ? random.pick(['json', 'ndjson'] as const) : 'single';
    const events = Array.from({ length }, (_, index) => plannedEvent(random, { n: n + index, form }));
    parcels.push({ events, form, poster: random.pick(['person', 'sensor'] as const), again: random.chance(0.05) });
    n += length;
  }
  return parcels;
}

function plannedEvent(random: Random, { n, form }: { n: number; form: Parcel['form'] }): Planned {
  const severity = random.weighted([
    ['low', 40],
    ['medium', 30],
    ['high', 20],
    ['critical', 10],
  ] as const);
  const key = form === 'single' ? random.pick(['external_id', 'idempotency_key', 'both'] as const) : 'external_id';
  return { n, severity, key };
}

/** For which of its chances a kill waits: early enough to be among the load. */
function afterOf(random: Random, { point, parcels }: { point: Kill; parcels: Parcel[] }): number {
  const chances: Record<Kill, number> = {
    'kill mid-batch': parcels.filter(({ form }) => form !== 'single').length,
    'kill before response': parcels.length,
    'kill before send': parcels.filter(({ events }) => events.some(owesAlert)).length,
    'kill mid-raise': 2,
    'kill before ack': 2,
  };
  return random.between(1, Math.max(1, Math.floor(chances[point] / 2)));
}

export function owesAlert({ severity }: Planned): boolean {
  return severity === 'high' || severity === 'critical';
}
