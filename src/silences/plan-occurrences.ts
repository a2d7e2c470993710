import { and, eq, gt, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { auditChange, auditInserts } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import { DAY_MS, HOUR_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { selectInto } from '../db/select-into.ts';
import { silences } from './table.ts';
import type { MaintenanceWindow } from './window-contract.ts';

/** Occurrences of the next day are planned, those of an hour more at once: a busy window is written once an hour. */
export const AHEAD_MS = DAY_MS;
const MORE_MS = HOUR_MS;

type Times = { occurrences: Date[]; durationSeconds: number; endsAt: Date };

/** Which occurrences are to be planned now, one that runs included, and how far that reaches: to the next one. */
export function dueOf({ occurrences, durationSeconds, endsAt }: Times, now: Date): { due: Date[]; plannedTo: Date } {
  const horizon = now.getTime() + AHEAD_MS + MORE_MS;
  const isToCome = (at: Date) => at.getTime() + durationSeconds * 1000 > now.getTime();
  return {
    due: occurrences.filter((at) => isToCome(at) && at.getTime() < horizon),
    plannedTo: occurrences.find((at) => at.getTime() >= horizon) ?? endsAt,
  };
}

type Plan = {
  window: Pick<MaintenanceWindow, 'reason' | 'matchers' | 'durationSeconds' | 'announceTo' | 'createdBy'>;
  windowId: SQL | number;
  due: Date[];
  /** What must hold of the window. */
  where: SQL | undefined;
};

/** The statements that make silences of these occurrences, passing over those that are ones already. Unexecuted. */
export function planOccurrences(ctx: Context, { window, windowId, due, where }: Plan) {
  const now = ctx.clock().getTime();
  const times = due.map((at) => at.getTime());
  const values = {
    reason: window.reason,
    matchers: JSON.stringify(window.matchers),
    startsAt: sql`planned.value`,
    endsAt: sql`planned.value + ${window.durationSeconds * 1000}`,
    announceTo: window.announceTo && JSON.stringify(window.announceTo),
    suppressedCount: 0,
    windowId: sql`${windowId}`,
    createdBy: window.createdBy,
    createdAt: now,
  };
  const { id, startsAt, endsAt, createdAt } = silences;
  const isNew = and(sql`changes() > 0`, ofWindow(windowId), inList(startsAt, times), eq(createdAt, new Date(now)));
  return [
    ctx.db
      .insert(silences)
      .select(
        selectInto(silences, { values, from: sql`FROM json_each(${JSON.stringify(times)}) AS planned WHERE ${where}` }),
      )
      .onConflictDoNothing(),
    auditInserts(ctx, {
      action: 'silence.plan',
      target: sql`'silence:' || ${id}`,
      after: sql`json_object('window_id', ${silences.windowId}, 'starts_at', ${startsAt}, 'ends_at', ${endsAt})`,
      from: sql`FROM ${silences} WHERE ${isNew}`,
    }),
  ] as const;
}

type Withdrawal = { windowId: number; where?: SQL | undefined };

/** The statements that take back what was planned of a window and has not begun; what a person ended stays. Unexecuted. */
export function withdrawOccurrences(ctx: Context, { windowId, where }: Withdrawal) {
  const isToCome = and(ofWindow(windowId), gt(silences.startsAt, ctx.clock()), isNull(silences.endedBy), where);
  const target = sql`'silence:' || ${silences.id}`;
  return [
    auditChange(ctx, { table: silences, where: isToCome, action: 'silence.withdraw', target }),
    ctx.db.delete(silences).where(isToCome),
  ] as const;
}

/** The statements that end the occurrence of a window that lasts now. Unexecuted. */
export function endOccurrence(ctx: Context, { windowId, where }: Withdrawal) {
  const now = ctx.clock();
  const lasts = and(ofWindow(windowId), lte(silences.startsAt, now), gt(silences.endsAt, now), where);
  const set = { endsAt: now, endedBy: actorLabel(ctx.actor) };
  const target = sql`'silence:' || ${silences.id}`;
  return [
    auditChange(ctx, { table: silences, where: lasts, set, action: 'silence.end_early', target }),
    ctx.db.update(silences).set(set).where(lasts),
  ] as const;
}

/** Along the index of planned occurrences. */
function ofWindow(windowId: SQL | number): SQL | undefined {
  return and(isNotNull(silences.windowId), sql`${silences.windowId} = ${windowId}`);
}
