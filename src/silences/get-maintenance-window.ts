import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { maintenanceWindows } from './table.ts';
import type { MaintenanceWindow } from './window-contract.ts';

/** One maintenance window by id. */
export async function getMaintenanceWindow({ ctx, input }: Call<{ id: number }>): Promise<MaintenanceWindow> {
  authorize(ctx.actor, 'silence.read');
  const [window] = await ctx.db.select().from(maintenanceWindows).where(eq(maintenanceWindows.id, input.id));
  if (!window) throw new NotFoundError('maintenance window');
  return window;
}
