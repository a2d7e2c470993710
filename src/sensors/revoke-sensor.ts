import { and, eq, ne } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { forgetSensor } from './known-keys.ts';
import { noSensorKey } from './sensor-key.ts';
import { sensors } from './table.ts';

/**
 * Ends a sensor's keys for good: refused at once here and everywhere within 30 seconds (`identify-sensor.ts`). The
 * sensor and its events stay; a rotation gives it a new key. Not found when its keys were revoked before.
 */
export async function revokeSensor({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'sensor.manage');
  const { id } = input;
  const { keyPrefix, keyHash } = noSensorKey(id);
  const where = and(eq(sensors.id, id), ne(sensors.keyHash, keyHash));
  const shown = { enabled: false, keyPrefix, previousKeyUntil: null };
  const [, revoked] = await ctx.db.batch([
    auditChange(ctx, { table: sensors, where, set: shown, action: 'sensor.revoke', target: `sensor:${id}` }),
    ctx.db
      .update(sensors)
      .set({ ...shown, keyHash, previousKeyHash: null })
      .where(where)
      .returning({ id: sensors.id }),
  ]);
  forgetSensor(id);
  if (revoked.length === 0) throw new NotFoundError('sensor with a key');
}
