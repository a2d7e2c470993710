import { and, eq } from 'drizzle-orm';
import type { Actor } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/digest.ts';
import type { Db } from '../db/client.ts';
import { sensors } from './table.ts';

type Sensor = Extract<Actor, { role: 'sensor' }>;

/** How long an isolate trusts what it read of a key: a revoked one is refused everywhere after so long. */
const TRUST_MS = 30_000;
const MAX_KNOWN = 10_000;

const known = new Map<string, { sensor: Sensor; until: number }>();

/** The sensor whose key this is, if it is enabled. One row read per key, isolate and half minute. */
export async function identifySensor({
  db,
  clock,
  key,
}: {
  db: Db;
  clock: Clock;
  key: string;
}): Promise<Sensor | null> {
  const keyHash = sha256(key);
  const now = clock().getTime();
  const hit = known.get(keyHash);
  if (hit && hit.until > now) return hit.sensor;

  const [row] = await db
    .select({ id: sensors.id })
    .from(sensors)
    .where(and(eq(sensors.keyHash, keyHash), eq(sensors.enabled, true)));
  known.delete(keyHash);
  if (!row) return null;
  const sensor: Sensor = { role: 'sensor', sensorId: row.id };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(keyHash, { sensor, until: now + TRUST_MS });
  return sensor;
}
