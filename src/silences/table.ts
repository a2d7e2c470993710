import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Matcher } from '../core/matcher.ts';

/**
 * Silences: while one lasts, events that its matchers hold for raise no alert. They are stored and counted. An
 * occurrence of a maintenance window is a silence, too. Rows written per silence: 2, of a window 3; per consumer batch
 * that it suppressed events of 1; when its end is announced 2.
 */
export const silences = sqliteTable(
  'silences',
  {
    id: integer('id').primaryKey(),
    reason: text('reason').notNull(),
    matchers: text('matchers', { mode: 'json' }).$type<Matcher[]>().notNull(),
    startsAt: integer('starts_at', { mode: 'timestamp_ms' }).notNull(),
    endsAt: integer('ends_at', { mode: 'timestamp_ms' }).notNull(),
    /** The channels that hear of its end; null for all that are enabled. */
    announceTo: text('announce_to', { mode: 'json' }).$type<number[]>(),
    suppressedCount: integer('suppressed_count').notNull().default(0),
    windowId: integer('window_id'),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    /** Who ended it before its time. */
    endedBy: text('ended_by'),
    announcedAt: integer('announced_at', { mode: 'timestamp_ms' }),
  },
  (t) => [
    // Those that last, are to come, or whose end is to be announced: +1 row, and 1 when it leaves.
    index('silences_ends_at').on(t.endsAt).where(sql`announced_at IS NULL`),
    // An occurrence of a window is planned once: +1 row for those.
    uniqueIndex('silences_window').on(t.windowId, t.startsAt).where(sql`window_id IS NOT NULL`),
  ],
);

/** Recurring maintenance: a rule of RFC 5545 in a time zone, planned a day ahead as silences. Rows per change: 1. */
export const maintenanceWindows = sqliteTable('maintenance_windows', {
  id: integer('id').primaryKey(),
  reason: text('reason').notNull(),
  matchers: text('matchers', { mode: 'json' }).$type<Matcher[]>().notNull(),
  /** The recurrence, without DTSTART: `FREQ=WEEKLY;BYDAY=SU;UNTIL=…` or `;COUNT=…`. */
  rrule: text('rrule').notNull(),
  /** An IANA time zone, in which the clock of the recurrence runs. */
  timeZone: text('time_zone').notNull(),
  startsAt: integer('starts_at', { mode: 'timestamp_ms' }).notNull(),
  durationSeconds: integer('duration_seconds').notNull(),
  /** The end of the last occurrence. */
  endsAt: integer('ends_at', { mode: 'timestamp_ms' }).notNull(),
  announceTo: text('announce_to', { mode: 'json' }).$type<number[]>(),
  /** Occurrences that begin before this are planned. */
  plannedTo: integer('planned_to', { mode: 'timestamp_ms' }).notNull(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});
