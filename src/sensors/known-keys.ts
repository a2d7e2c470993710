import type { Actor } from '../core/actor.ts';

type Sensor = Extract<Actor, { role: 'sensor' }>;

/** How long an isolate trusts what it read of a key: a revoked one is refused everywhere after so long. */
const TRUST_MS = 30_000;
/** How long a key that no sensor has is refused unread: a sensor that resumes is back everywhere after so long. */
const REFUSE_MS = 5_000;
const MAX_KNOWN = 10_000;

const known = new Map<string, { sensor: Sensor; until: number }>();
// Apart from the good ones, so that guessing pushes no good key out.
const unknown = new Map<string, number>();
let changes = 0;

/** What this isolate knows of a key: its sensor, null when there is none, undefined when it has to be read. */
export function recallKey(keyHash: string, now: number): Sensor | null | undefined {
  const hit = known.get(keyHash);
  if (hit && hit.until > now) return hit.sensor;
  return (unknown.get(keyHash) ?? 0) > now ? null : undefined;
}

/**
 * Call it before reading a key, and what it returns with what was read. A read that a change of some sensor overtook
 * is not kept, as it may tell of the time before.
 */
export function learnKey(keyHash: string, now: number) {
  const started = changes;
  return (found: { sensor: Sensor; until: number } | null): void => {
    known.delete(keyHash);
    if (started !== changes) return;
    if (found) bounded(known).set(keyHash, { ...found, until: Math.min(found.until, now + TRUST_MS) });
    else bounded(unknown).set(keyHash, now + REFUSE_MS);
  };
}

/** Call it when a sensor's keys or its state changed: in this isolate that holds for the next request. */
export function forgetSensor(sensorId: number): void {
  changes += 1;
  unknown.clear();
  for (const [keyHash, { sensor }] of known) if (sensor.sensorId === sensorId) known.delete(keyHash);
}

function bounded<Value>(map: Map<string, Value>): Map<string, Value> {
  if (map.size >= MAX_KNOWN) map.clear();
  return map;
}
