import { and, eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Sensor } from './contract.ts';
import { getSensor } from './get-sensor.ts';
import { forgetSensor } from './known-keys.ts';
import { isRevoked, newSensorKey } from './sensor-key.ts';
import { sensors } from './table.ts';

const HOUR_MS = 3_600_000;

/**
 * Gives a sensor a new key, which cannot be read again. The key until now works for as many hours more; a key from a
 * rotation before that ends at once. A revoked sensor is enabled by it, a paused one stays paused.
 */
export async function rotateSensorKey({
  ctx,
  input,
}: Call<{ id: number; overlapHours?: number | undefined }>): Promise<{ sensor: Sensor; key: string }> {
  authorize(ctx.actor, 'sensor.manage');
  const { id, overlapHours = ctx.settings.sensorKeyOverlapHours } = input;
  const before = await getSensor({ ctx, input: { id } });
  const revoked = isRevoked(before);
  const overlaps = overlapHours > 0 && !revoked;
  const { key, keyPrefix, keyHash } = newSensorKey();
  const shown = {
    keyPrefix,
    previousKeyUntil: overlaps ? new Date(ctx.clock().getTime() + overlapHours * HOUR_MS) : null,
    enabled: revoked ? true : undefined,
  };
  const where = and(eq(sensors.id, id), eq(sensors.keyHash, before.keyHash));
  const [, [sensor]] = await ctx.db.batch([
    // The hashes stay out of the audit log: it is read by more people than the table.
    auditChange(ctx, { table: sensors, where, set: shown, action: 'sensor.rotate', target: `sensor:${id}` }),
    ctx.db
      .update(sensors)
      .set({ ...shown, keyHash, previousKeyHash: overlaps ? before.keyHash : null })
      .where(where)
      .returning(),
  ]);
  forgetSensor(id);
  if (!sensor) throw new ConflictError('Somebody else just rotated or revoked its key. Look at it again.');
  return { sensor, key };
}
