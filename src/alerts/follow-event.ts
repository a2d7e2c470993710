import { and, eq, inArray, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { type Severity, severitiesBelow } from '../core/severity.ts';
import { events } from '../events/table.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import { lowerWatermark } from '../reports/watermark.ts';
import { alerts } from './table.ts';

/**
 * The statements by which an event's alert follows its event's severity up, never down. They stand behind the change of
 * the event: when that was refused, the event does not have this severity and its alert stays. Unexecuted.
 */
export function raiseSeverityOfAlert(ctx: Context, { eventId, severity }: { eventId: number; severity: Severity }) {
  const severityOfEvent = sql`(SELECT ${events.severity} FROM ${events} WHERE ${events.id} = ${eventId})`;
  const where = and(isOf(eventId), inArray(alerts.severity, severitiesBelow(severity)), eq(severityOfEvent, severity));
  const set = { severity, version: sql`${alerts.version} + 1` };
  return [
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, set, action: 'alert.follow_event', target }),
    ctx.db.update(alerts).set(set).where(where),
    countAlerts(ctx.db, and(isOf(eventId), sql`changes() > 0`)),
  ] as const;
}

/** The statements by which an alert goes with its event. They stand before the event is deleted. Unexecuted. */
export function deleteAlertOfEvent(ctx: Context, eventId: number) {
  const where = isOf(eventId);
  return [
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, action: 'alert.delete', target }),
    ctx.db.delete(alerts).where(where),
    lowerWatermark(ctx.db, 'alerts'),
  ] as const;
}

const target = sql`'alert:' || ${alerts.id}`;

/** The condition that an alert is this event's. */
function isOf(eventId: number) {
  return eq(alerts.id, sql`(SELECT ${events.alertId} FROM ${events} WHERE ${events.id} = ${eventId})`);
}
