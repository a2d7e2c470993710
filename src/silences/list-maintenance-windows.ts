import { desc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { maintenanceWindows } from './table.ts';
import type { MaintenanceWindow } from './window-contract.ts';

/** All maintenance windows, the newest first. */
export async function listMaintenanceWindows({ ctx }: Pick<Call<never>, 'ctx'>): Promise<MaintenanceWindow[]> {
  authorize(ctx.actor, 'silence.read');
  return ctx.db.select().from(maintenanceWindows).orderBy(desc(maintenanceWindows.id));
}
