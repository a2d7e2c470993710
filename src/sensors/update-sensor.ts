import { and, eq, ne } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { isUniqueViolation } from '../db/faults.ts';
import { authorize } from '../identity/permissions.ts';
import type { Sensor, SensorPatch } from './contract.ts';
import { getSensor } from './get-sensor.ts';
import { forgetSensor } from './known-keys.ts';
import { noSensorKey } from './sensor-key.ts';
import { sensors } from './table.ts';

/** Renames a sensor, watches it or not, pauses or resumes it. A revoked one cannot resume: it has no key. */
export async function updateSensor({ ctx, input }: Call<{ id: number; patch: SensorPatch }>): Promise<Sensor> {
  authorize(ctx.actor, 'sensor.manage');
  const { id, patch } = input;
  if (Object.keys(patch).length === 0) return getSensor({ ctx, input: { id } });
  const { name, expected_interval: expectedInterval, watch_origin: watchOrigin, enabled } = patch;
  const set = { name, expectedInterval, watchOrigin, enabled };
  const hasKey = enabled ? ne(sensors.keyHash, noSensorKey(id).keyHash) : undefined;
  const where = and(eq(sensors.id, id), hasKey);
  const [, [sensor]] = await ctx.db
    .batch([
      auditChange(ctx, { table: sensors, where, set, action: 'sensor.update', target: `sensor:${id}` }),
      ctx.db.update(sensors).set(set).where(where).returning(),
    ])
    .catch(refuseTakenName);
  forgetSensor(id);
  if (sensor) return sensor;
  await getSensor({ ctx, input: { id } });
  throw new ConflictError('The sensor is revoked. Rotate it: it gets a new key and is enabled.');
}

function refuseTakenName(error: unknown): never {
  if (isUniqueViolation(error)) throw new ConflictError('There is a sensor of this name.');
  throw error;
}
