import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { withdrawOccurrences } from './plan-occurrences.ts';
import { maintenanceWindows } from './table.ts';

/** Deletes a window and what was planned of it. An occurrence that lasts goes on to its end; it can be ended by itself. */
export async function deleteMaintenanceWindow({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'silence.manage');
  const { id } = input;
  const where = eq(maintenanceWindows.id, id);
  const target = `maintenance_window:${id}`;
  const [, , , deleted] = await ctx.db.batch([
    ...withdrawOccurrences(ctx, { windowId: id }),
    auditChange(ctx, { table: maintenanceWindows, where, action: 'maintenance_window.delete', target }),
    ctx.db.delete(maintenanceWindows).where(where).returning({ id: maintenanceWindows.id }),
  ]);
  if (deleted.length === 0) throw new NotFoundError('maintenance window');
}
