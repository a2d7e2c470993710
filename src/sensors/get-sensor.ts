import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { Sensor } from './contract.ts';
import { sensors } from './table.ts';

/** One sensor by id, a revoked one too. */
export async function getSensor({ ctx, input }: Call<{ id: number }>): Promise<Sensor> {
  authorize(ctx.actor, 'sensor.manage');
  const [sensor] = await ctx.db.select().from(sensors).where(eq(sensors.id, input.id));
  if (!sensor) throw new NotFoundError('sensor');
  return sensor;
}
