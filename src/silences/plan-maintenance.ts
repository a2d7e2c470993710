import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { AHEAD_MS, dueOf, planOccurrences } from './plan-occurrences.ts';
import { occurrencesOf } from './schedule.ts';
import { maintenanceWindows } from './table.ts';
import type { MaintenanceWindow } from './window-contract.ts';

// A run that finds more leaves them to the next minute's: each may take milliseconds of the CPU.
const MAX_PLANNED = 20;

/**
 * Plans, for each window of which an occurrence begins within a day, the next ones as silences. One scan of the windows,
 * which are few. Runs may overlap, and who changes a window meanwhile plans it: the row that was read must still be there.
 */
export async function planMaintenance({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'silence.keep');
  const { enabled, plannedTo, endsAt } = maintenanceWindows;
  const windows = await ctx.db
    .select()
    .from(maintenanceWindows)
    .where(and(eq(enabled, true), lt(plannedTo, new Date(ctx.clock().getTime() + AHEAD_MS)), lt(plannedTo, endsAt)))
    .orderBy(asc(plannedTo))
    .limit(MAX_PLANNED);
  for (const window of windows) await planWindow(ctx, window);
  return windows.length;
}

async function planWindow(ctx: Context, window: MaintenanceWindow): Promise<void> {
  const { id, updatedAt, plannedTo } = maintenanceWindows;
  const next = dueOf({ ...window, occurrences: occurrencesOf(window) }, ctx.clock());
  const isAsRead = and(eq(id, window.id), eq(updatedAt, window.updatedAt), eq(plannedTo, window.plannedTo));
  const where = sql`EXISTS (SELECT 1 FROM ${maintenanceWindows} WHERE ${isAsRead})`;
  await ctx.db.batch([
    ...planOccurrences(ctx, { window, windowId: window.id, due: next.due, where }),
    ctx.db.update(maintenanceWindows).set({ plannedTo: next.plannedTo }).where(isAsRead),
  ]);
}
