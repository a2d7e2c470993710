import { type SQL, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ALERTING_SEVERITIES } from '../core/severity.ts';
import { selectInto } from '../db/select-into.ts';
import { markAlerted, owesAlert } from '../events/mark-alerted.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { alerts } from './table.ts';

/**
 * Raises the alerts that these events owe: one each, the event's mark and one audit row that lists them, in one
 * batch. An event that is gone, or has its alert, is passed over, so calling it twice or from two places at once
 * changes nothing. Returns how many were raised.
 */
export async function raiseAlerts({ ctx, input }: Call<{ eventIds: number[] }>): Promise<number> {
  authorize(ctx.actor, 'alert.raise');
  const [inserted] = await ctx.db.batch([...raiseOwed(ctx, input.eventIds)]);
  return inserted.meta.changes;
}

/** The statements that raise what these events owe. Unexecuted. */
export function raiseOwed(ctx: Context, eventIds: number[]) {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(eventIds)}))`;
  // Alerts have no index on their event. Those of this batch are the newest, at most one for each event.
  const newest = sql`SELECT ${alerts.id} AS id, ${alerts.eventId} AS event_id FROM ${alerts}
    ORDER BY ${alerts.id} DESC LIMIT ${eventIds.length}`;
  const raised = sql`SELECT json_group_array(newest.id ORDER BY newest.id) FROM (${newest}) AS newest
    CROSS JOIN ${events} WHERE ${events.id} = newest.event_id AND ${owesAlert(ids)}`;
  return [
    ctx.db.insert(alerts).select(newAlerts(ids, ctx.clock())),
    auditInsert(ctx, {
      action: 'alert.raise',
      target: 'alerts',
      after: sql`json_object('alerts', json((${raised})))`,
    }),
    markAlerted(ctx.db, { ids, raised: sql`(${newest}) AS raised` }),
  ] as const;
}

/** An open alert for each of these events that owes one, in the order of the events. */
function newAlerts(ids: SQL, now: Date): SQL {
  return selectInto(alerts, {
    values: {
      eventId: sql`${events.id}`,
      // Lowered since, it still owes the alert that it was accepted with.
      severity: sql`iif(${events.severity} IN ${ALERTING_SEVERITIES}, ${events.severity}, ${ALERTING_SEVERITIES[0]})`,
      status: 'open',
      eventCount: 1,
      firstSeen: sql`${events.timestamp}`,
      lastSeen: sql`${events.timestamp}`,
      dedupKey: sql`${events.dedupKey}`,
      recurrences: 0,
      createdAt: now.getTime(),
      version: 1,
    },
    from: sql`FROM ${events} WHERE ${owesAlert(ids)} ORDER BY ${events.id}`,
  });
}
