import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { NewSensor, Sensor } from './contract.ts';
import { newSensorKey } from './sensor-key.ts';
import { sensors } from './table.ts';

/** Adds a sensor and answers its key, which cannot be read again. */
export async function createSensor({ ctx, input }: Call<NewSensor>): Promise<{ sensor: Sensor; key: string }> {
  authorize(ctx.actor, 'sensor.manage');
  const { name, expected_interval: expectedInterval, watch_origin: watchOrigin } = input;
  const { key, keyPrefix, keyHash } = newSensorKey();
  const [[sensor]] = await ctx.db.batch([
    ctx.db
      .insert(sensors)
      .values({ name, expectedInterval, watchOrigin, keyPrefix, keyHash, createdAt: ctx.clock() })
      .onConflictDoNothing()
      .returning(),
    auditInsert(ctx, {
      action: 'sensor.create',
      target: sql`'sensor:' || last_insert_rowid()`,
      after: { name, key_prefix: keyPrefix, expected_interval: expectedInterval, watch_origin: watchOrigin },
    }),
  ]);
  if (!sensor) throw new ConflictError('There is a sensor of this name.');
  return { sensor, key };
}
