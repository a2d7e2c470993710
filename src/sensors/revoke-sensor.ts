import { and, eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { sensors } from './table.ts';

/** Ends a sensor's key: refused everywhere within 30 seconds (`identify-sensor.ts`). Its events stay. */
export async function revokeSensor({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'sensor.manage');
  const where = and(eq(sensors.id, input.id), eq(sensors.enabled, true));
  const set = { enabled: false };
  const [, revoked] = await ctx.db.batch([
    auditChange(ctx, { table: sensors, where, set, action: 'sensor.revoke', target: `sensor:${input.id}` }),
    ctx.db.update(sensors).set(set).where(where).returning({ id: sensors.id }),
  ]);
  if (revoked.length === 0) throw new NotFoundError('sensor');
}
