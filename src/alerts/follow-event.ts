import { and, eq, inArray, isNotNull, isNull, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { type Severity, severitiesBelow } from '../core/severity.ts';
import { dropEscalation } from '../escalation/wake-escalations.ts';
import { events } from '../events/table.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import { lowerWatermark } from '../reports/watermark.ts';
import { alerts } from './table.ts';

/**
 * The statements by which an event's alert follows its event's severity up, never down. They stand behind the change of
 * the event: when that was refused, the event does not have this severity and its alert stays. Unexecuted.
 */
export function raiseSeverityOfAlert(ctx: Context, { eventId, severity }: { eventId: number; severity: Severity }) {
  const ofEvent = isOf(eq(events.id, eventId));
  const severityOfEvent = sql`(SELECT ${events.severity} FROM ${events} WHERE ${events.id} = ${eventId})`;
  const where = and(ofEvent, inArray(alerts.severity, severitiesBelow(severity)), eq(severityOfEvent, severity));
  const set = { severity, version: sql`${alerts.version} + 1` };
  return [
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, set, action: 'alert.follow_event', target }),
    ctx.db.update(alerts).set(set).where(where),
    countAlerts(ctx.db, and(ofEvent, sql`changes() > 0`)),
  ] as const;
}

/**
 * The statements by which an alert loses an event that is being deleted: it goes with its last one; with others it is
 * counted down, has the times of those that are left, and the oldest of them stands for the one that raised it. They
 * stand before the delete of the event and take its condition, `event`: when that deletes nothing, the alert stays as it
 * is. Unexecuted.
 */
export function takeFromAlert(ctx: Context, event: SQL | undefined) {
  const gone = sql`(SELECT ${events.id} FROM ${events} WHERE ${event})`;
  const others = sql`FROM ${events} AS ${other} WHERE ${and(isJoined, ne(other.id, gone))}`;
  const next = sql`(SELECT min(${other.id}) ${others})`;
  const where = and(isOf(event), isNull(next));
  const stays = and(isOf(event), isNotNull(next));
  const set = {
    eventId: sql`iif(${alerts.eventId} = ${gone}, ${next}, ${alerts.eventId})`,
    eventCount: sql`${alerts.eventCount} - 1`,
    ...timesWithout(event, others),
    version: sql`${alerts.version} + 1`,
  };
  return [
    auditChange(ctx, { table: alerts, where: stays, set, action: 'alert.follow_event', target }),
    ctx.db.update(alerts).set(set).where(stays),
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, action: 'alert.delete', target }),
    ctx.db.delete(alerts).where(where),
    lowerWatermark(ctx.db, 'alerts'),
    dropEscalation(ctx.db, alertOf(event)),
  ] as const;
}

/**
 * When the events that are left were seen. They are read only if the one that goes was the first or the last. Times stay
 * as they are when some of the events are in the cold store.
 */
function timesWithout(event: SQL | undefined, others: SQL) {
  const { firstSeen, lastSeen, eventCount } = alerts;
  const goneAt = sql`(SELECT ${events.timestamp} FROM ${events} WHERE ${event})`;
  const timeOf = (seen: SQLWrapper, time: SQL) =>
    sql`(SELECT iif(count(*) < ${eventCount} - 1, ${seen}, ${time}) ${others})`;
  return {
    firstSeen: sql`iif(${goneAt} > ${firstSeen}, ${firstSeen}, ${timeOf(firstSeen, sql`min(${other.timestamp})`)})`,
    lastSeen: sql`iif(${goneAt} < ${lastSeen}, ${lastSeen}, ${timeOf(lastSeen, sql`max(${other.timestamp})`)})`,
  };
}

const other = alias(events, 'other');

/** An event that an alert gathered, along the index of those. */
const isJoined = and(eq(other.alertId, alerts.id), isNotNull(other.alertId), isNotNull(other.dedupKey));

const target = sql`'alert:' || ${alerts.id}`;

/** The condition that an alert is of the event for which another one holds. */
function isOf(event: SQL | undefined) {
  return eq(alerts.id, alertOf(event));
}

function alertOf(event: SQL | undefined) {
  return sql`(SELECT ${events.alertId} FROM ${events} WHERE ${event})`;
}
