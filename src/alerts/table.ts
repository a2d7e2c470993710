import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { SEVERITIES } from '../core/severity.ts';
import { ALERT_STATUSES, VERDICTS } from './lifecycle.ts';

/**
 * Alerts. Rows written per alert: 2 (the row and its index), with a `dedup_key` 4; per change of status 2, per other
 * change 1, per event that joins it 1.
 */
export const alerts = sqliteTable(
  'alerts',
  {
    id: integer('id').primaryKey(),
    /** The event that raised it; an event owes one only while it is `pending`. The way back is the event's `alert_id`. */
    eventId: integer('event_id').notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    status: text('status', { enum: ALERT_STATUSES }).notNull().default('open'),
    verdict: text('verdict', { enum: VERDICTS }),
    assignee: text('assignee'),
    eventCount: integer('event_count').notNull().default(1),
    firstSeen: integer('first_seen', { mode: 'timestamp_ms' }).notNull(),
    lastSeen: integer('last_seen', { mode: 'timestamp_ms' }).notNull(),
    dedupKey: text('dedup_key'),
    /** Its `dedup_key` while events of that key still join it: until it is resolved, or the rule's window has passed. */
    openKey: text('open_key'),
    /** The alert of this key before it. */
    previousId: integer('previous_id'),
    /** How many alerts of this key were raised in the day before it. */
    recurrences: integer('recurrences').notNull().default(0),
    incidentId: integer('incident_id'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    acknowledgedAt: integer('acknowledged_at', { mode: 'timestamp_ms' }),
    acknowledgedBy: text('acknowledged_by'),
    resolvedAt: integer('resolved_at', { mode: 'timestamp_ms' }),
    resolvedBy: text('resolved_by'),
    /** By when its policy wants it acknowledged and resolved, and when that was missed. */
    acknowledgeBy: integer('acknowledge_by', { mode: 'timestamp_ms' }),
    acknowledgeBreachedAt: integer('acknowledge_breached_at', { mode: 'timestamp_ms' }),
    resolveBy: integer('resolve_by', { mode: 'timestamp_ms' }),
    resolveBreachedAt: integer('resolve_breached_at', { mode: 'timestamp_ms' }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    // "What is open, worst first" is the list that people live in. Each (status, severity) pair is a stream in id
    // order, and a page merges the streams that it needs, so one index serves status, severity and both: +1 row.
    index('alerts_status_severity').on(t.status, t.severity),
    // The alerts of an incident: +1 row when an alert is linked to one, none otherwise.
    index('alerts_incident').on(t.incidentId).where(sql`incident_id IS NOT NULL`),
    // One alert gathers the events of a key; who raises for it counts it up: +1 row with a key, none without.
    uniqueIndex('alerts_open_key').on(t.openKey).where(sql`open_key IS NOT NULL`),
    // The alerts of a key, to find the one before: +1 row with a key, none without.
    index('alerts_dedup_key').on(t.dedupKey).where(sql`dedup_key IS NOT NULL`),
  ],
);

/** How far the sweep came: no event up to this id owes an alert. One row, written by a sweep that found new events. */
export const sweeps = sqliteTable('sweeps', {
  id: integer('id').primaryKey(),
  settledTo: integer('settled_to').notNull(),
});
