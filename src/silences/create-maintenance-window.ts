import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { checkChannels } from './check-silence.ts';
import { dueOf, planOccurrences } from './plan-occurrences.ts';
import { checkSchedule } from './schedule.ts';
import { maintenanceWindows, silences } from './table.ts';
import { MAX_WINDOWS, type MaintenanceWindow, type NewWindow } from './window-contract.ts';

// Silences outlive their window, so an id that some of them name is not given again.
const NEXT_ID = sql`1 + max(coalesce(max(${maintenanceWindows.id}), 0),
  coalesce((SELECT max(${silences.windowId}) FROM ${silences} WHERE ${silences.windowId} IS NOT NULL), 0))`;
const NEWEST_ID = sql`(SELECT max(${maintenanceWindows.id}) FROM ${maintenanceWindows})`;

/** Adds a maintenance window and plans what of it begins within a day. */
export async function createMaintenanceWindow({ ctx, input }: Call<NewWindow>): Promise<MaintenanceWindow> {
  authorize(ctx.actor, 'silence.manage');
  const window = windowOf(ctx, input);
  const planned = checkSchedule(window, ctx.clock());
  await checkChannels(ctx, window.announceTo);
  const { due, plannedTo } = dueOf({ ...window, ...planned }, ctx.clock());
  const values = valuesOf(ctx, { ...window, ...planned, plannedTo });
  const from = sql`FROM ${maintenanceWindows} HAVING count(${maintenanceWindows.id}) < ${MAX_WINDOWS}`;
  const [[created]] = await ctx.db.batch([
    ctx.db.insert(maintenanceWindows).select(selectInto(maintenanceWindows, { values, from })).returning(),
    auditInsert(ctx, {
      action: 'maintenance_window.create',
      target: sql`'maintenance_window:' || last_insert_rowid()`,
      after: { ...input, starts_at: planned.startsAt.toISOString() },
    }),
    ...planOccurrences(ctx, {
      window,
      windowId: NEWEST_ID,
      due: window.enabled ? due : [],
      where: sql`changes() > 0`,
    }),
  ]);
  if (!created) throw new ConflictError(`There are ${MAX_WINDOWS} maintenance windows already.`);
  return created;
}

function windowOf(ctx: Context, input: NewWindow) {
  const { reason, matchers, rrule, enabled } = input;
  return {
    ...{ reason, matchers, rrule, enabled, createdBy: actorLabel(ctx.actor) },
    timeZone: input.time_zone,
    startsAt: input.starts_at,
    durationSeconds: input.duration_seconds,
    announceTo: input.announce_to,
  };
}

type Checked = ReturnType<typeof windowOf> & Record<'startsAt' | 'endsAt' | 'plannedTo', Date>;

/** The row as it is stored. */
function valuesOf(ctx: Context, window: Checked) {
  const { reason, rrule, timeZone, durationSeconds, createdBy } = window;
  const now = ctx.clock().getTime();
  return {
    ...{ id: NEXT_ID, reason, rrule, timeZone, durationSeconds, createdBy, createdAt: now, updatedAt: now },
    matchers: JSON.stringify(window.matchers),
    announceTo: window.announceTo && JSON.stringify(window.announceTo),
    startsAt: window.startsAt.getTime(),
    endsAt: window.endsAt.getTime(),
    plannedTo: window.plannedTo.getTime(),
    enabled: Number(window.enabled),
  };
}
