import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { SEVERITIES } from '../core/severity.ts';
import { ALERT_STATUSES, VERDICTS } from './lifecycle.ts';

/**
 * Alerts. Rows written per alert: 2 (the row and its index); per change of status 2, per other change 1.
 */
export const alerts = sqliteTable(
  'alerts',
  {
    id: integer('id').primaryKey(),
    /** One alert per event: an event owes it only while it is `pending`. The way back is the event's `alert_id`. */
    eventId: integer('event_id').notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    status: text('status', { enum: ALERT_STATUSES }).notNull().default('open'),
    verdict: text('verdict', { enum: VERDICTS }),
    assignee: text('assignee'),
    eventCount: integer('event_count').notNull().default(1),
    firstSeen: integer('first_seen', { mode: 'timestamp_ms' }).notNull(),
    lastSeen: integer('last_seen', { mode: 'timestamp_ms' }).notNull(),
    dedupKey: text('dedup_key'),
    incidentId: integer('incident_id'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    acknowledgedAt: integer('acknowledged_at', { mode: 'timestamp_ms' }),
    acknowledgedBy: text('acknowledged_by'),
    resolvedAt: integer('resolved_at', { mode: 'timestamp_ms' }),
    resolvedBy: text('resolved_by'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    // "What is open, worst first" is the list that people live in. Each (status, severity) pair is a stream in id
    // order, and a page merges the streams that it needs, so one index serves status, severity and both: +1 row.
    index('alerts_status_severity').on(t.status, t.severity),
    // The alerts of an incident: +1 row when an alert is linked to one, none otherwise.
    index('alerts_incident').on(t.incidentId).where(sql`incident_id IS NOT NULL`),
  ],
);

/** How far the sweep came: no event up to this id owes an alert. One row, written by a sweep that found new events. */
export const sweeps = sqliteTable('sweeps', {
  id: integer('id').primaryKey(),
  settledTo: integer('settled_to').notNull(),
});
