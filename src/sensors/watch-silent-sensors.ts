import { and, asc, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { FOLD_MS } from './sensor-activity.ts';
import { endSilences, isBack, startSilences } from './silence.ts';
import { sensors } from './table.ts';

// A run that finds more leaves it to the next minute's.
const MAX_SENSORS = 1000;

/**
 * Raises an alert for each watched sensor that has been silent for longer than its interval, and resolves it when the
 * sensor is back. What was seen of a sensor may be half a minute late, so it is given half a minute more. One scan of
 * the sensors, which are few. Runs may overlap.
 */
export async function watchSilentSensors({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'sensor.watch');
  const heard = sql`coalesce(${sensors.lastSeenAt}, ${sensors.createdAt})`;
  const overdue = sql`${heard} + ${sensors.expectedInterval} * 1000 < ${ctx.clock().getTime() - FOLD_MS}`;
  const found = await ctx.db
    .select()
    .from(sensors)
    .where(
      or(
        and(isNull(sensors.silentSince), eq(sensors.enabled, true), isNotNull(sensors.expectedInterval), overdue),
        gt(sensors.lastSeenAt, sensors.silentSince),
      ),
    )
    .orderBy(asc(sensors.id))
    .limit(MAX_SENSORS);
  await startSilences(
    ctx,
    found.filter((sensor) => !isBack(sensor)),
  );
  await endSilences(ctx, found.filter(isBack));
}
