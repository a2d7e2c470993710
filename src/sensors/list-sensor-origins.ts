import { desc, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { SensorOrigin } from './contract.ts';
import { getSensor } from './get-sensor.ts';
import { sensorOrigins } from './table.ts';

const MAX_LISTED = 1_000;

/** The places that the keys of a sensor were used from, the last one first. */
export async function listSensorOrigins({ ctx, input }: Call<{ id: number }>): Promise<SensorOrigin[]> {
  authorize(ctx.actor, 'sensor.manage');
  const { id } = await getSensor({ ctx, input });
  const { sensorId, lastSeenAt } = sensorOrigins;
  return ctx.db.select().from(sensorOrigins).where(eq(sensorId, id)).orderBy(desc(lastSeenAt)).limit(MAX_LISTED);
}
