import { and, eq, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { checkChannels } from './check-silence.ts';
import { getMaintenanceWindow } from './get-maintenance-window.ts';
import { dueOf, endOccurrence, planOccurrences, withdrawOccurrences } from './plan-occurrences.ts';
import { checkSchedule, occurrencesOf } from './schedule.ts';
import { maintenanceWindows } from './table.ts';
import type { MaintenanceWindow, WindowPatch } from './window-contract.ts';

type Change = { id: number; patch: WindowPatch };

/**
 * Changes what is given of a window, takes back what was planned and plans it anew. An occurrence that lasts goes on as it
 * began, unless the window is off. The window's own row is written last: all else holds only while it is as it was read.
 */
export async function updateMaintenanceWindow({ ctx, input }: Call<Change>): Promise<MaintenanceWindow> {
  authorize(ctx.actor, 'silence.manage');
  const { id, patch } = input;
  const found = await getMaintenanceWindow({ ctx, input: { id } });
  if (Object.keys(patch).length === 0) return found;
  await checkChannels(ctx, patch.announce_to);
  const { set, window, due, plannedTo } = changeOf(ctx, { found, patch });
  const isAsRead = and(eq(maintenanceWindows.id, id), eq(maintenanceWindows.updatedAt, found.updatedAt));
  const where = sql`EXISTS (SELECT 1 FROM ${maintenanceWindows} WHERE ${isAsRead})`;
  const isOff = sql`${Number(!window.enabled)} = 1`;
  const target = `maintenance_window:${id}`;
  const [, , , , , , , [updated]] = await ctx.db.batch([
    auditChange(ctx, { table: maintenanceWindows, where: isAsRead, set, action: 'maintenance_window.update', target }),
    ...withdrawOccurrences(ctx, { windowId: id, where }),
    ...endOccurrence(ctx, { windowId: id, where: and(where, isOff) }),
    ...planOccurrences(ctx, { window, windowId: id, due, where }),
    ctx.db
      .update(maintenanceWindows)
      .set({ ...set, plannedTo, updatedAt: nextAfter(found.updatedAt, ctx.clock()) })
      .where(isAsRead)
      .returning(),
  ]);
  if (!updated) throw new ConflictError('The maintenance window was changed in between. Look at it again.');
  return updated;
}

type Found = { found: MaintenanceWindow; patch: WindowPatch };

/** What is to be written, the window as it will be, and what of it is to be planned. */
function changeOf(ctx: Context, { found, patch }: Found) {
  const now = ctx.clock();
  const { occurrences, ...schedule } = scheduleOf(found, { patch, now });
  const { reason, matchers, enabled, announce_to: announceTo } = patch;
  const set = { reason, matchers, enabled, announceTo, ...schedule };
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  const window: MaintenanceWindow = { ...found, ...Object.fromEntries(given) };
  const { due, plannedTo } = dueOf({ ...window, occurrences }, now);
  return { set, window, due: window.enabled ? due : [], plannedTo };
}

type Schedule = Pick<MaintenanceWindow, 'rrule' | 'timeZone' | 'startsAt' | 'durationSeconds' | 'endsAt'>;

/** The schedule with what the patch says of it, checked as a whole; nothing of it when the patch is silent. */
function scheduleOf(
  found: MaintenanceWindow,
  { patch, now }: { patch: WindowPatch; now: Date },
): Partial<Schedule> & { occurrences: Date[] } {
  const { rrule, time_zone: timeZone, starts_at: startsAt, duration_seconds: durationSeconds } = patch;
  if ([rrule, timeZone, startsAt, durationSeconds].every((one) => one === undefined)) {
    return { occurrences: occurrencesOf(found) };
  }
  const schedule = {
    rrule: rrule ?? found.rrule,
    timeZone: timeZone ?? found.timeZone,
    startsAt: startsAt ?? found.startsAt,
    durationSeconds: durationSeconds ?? found.durationSeconds,
  };
  return { ...schedule, ...checkSchedule(schedule, now) };
}

/** Never the same again, or two changes within a millisecond could not be told apart. */
function nextAfter(before: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), before.getTime() + 1));
}
