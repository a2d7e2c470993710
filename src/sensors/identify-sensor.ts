import { and, eq, gt, or } from 'drizzle-orm';
import type { Actor } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/digest.ts';
import type { Db } from '../db/client.ts';
import { learnKey, recallKey } from './known-keys.ts';
import { couldBeSensorKey } from './sensor-key.ts';
import { sensors } from './table.ts';

type Sensor = Extract<Actor, { role: 'sensor' }>;

/**
 * The sensor whose key this is, now or until a rotation is over, if it is enabled. One row read per key, isolate and
 * half minute; for a key that nobody has one read in five seconds. What a change of a sensor means for its keys holds
 * at once in the isolate that made it, and everywhere after 30 seconds (a resumed one: 5).
 */
export async function identifySensor({
  db,
  clock,
  key,
}: {
  db: Db;
  clock: Clock;
  key: string;
}): Promise<Sensor | null> {
  if (!couldBeSensorKey(key)) return null;
  const keyHash = sha256(key);
  const now = clock().getTime();
  const recalled = recallKey(keyHash, now);
  if (recalled !== undefined) return recalled;

  const learn = learnKey(keyHash, now);
  const found = await readKey(db, { keyHash, now });
  learn(found);
  return found?.sensor ?? null;
}

async function readKey(db: Db, { keyHash, now }: { keyHash: string; now: number }) {
  const stillGood = and(eq(sensors.previousKeyHash, keyHash), gt(sensors.previousKeyUntil, new Date(now)));
  const [row] = await db
    .select({ id: sensors.id, keyHash: sensors.keyHash, previousKeyUntil: sensors.previousKeyUntil })
    .from(sensors)
    .where(and(or(eq(sensors.keyHash, keyHash), stillGood), eq(sensors.enabled, true)));
  if (!row) return null;
  const sensor: Sensor = { role: 'sensor', sensorId: row.id };
  const ends = row.keyHash === keyHash ? null : row.previousKeyUntil;
  return { sensor, until: ends?.getTime() ?? Number.POSITIVE_INFINITY };
}
