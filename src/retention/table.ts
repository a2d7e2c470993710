import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * The manifest of the cold store: a row per Parquet object in R2 that was verified. What has no row here is no part of
 * the store. Ranges of ids join without a gap, so the newest row says up to which id events were moved. Rows written
 * per object: 4.
 */
export const eventObjects = sqliteTable(
  'event_objects',
  {
    id: integer('id').primaryKey(),
    /** UTC, as 2026-08-01. An object holds events of one day. */
    day: text('day').notNull(),
    key: text('key').notNull(),
    firstId: integer('first_id').notNull(),
    lastId: integer('last_id').notNull(),
    rows: integer('rows').notNull(),
    /** How many of the rows stayed in the database, too, because alerts show them. */
    kept: integer('kept').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    movedAt: integer('moved_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [
    uniqueIndex('event_objects_key').on(t.key),
    uniqueIndex('event_objects_last_id').on(t.lastId),
    index('event_objects_day').on(t.day),
  ],
);

/** Who is moving events: one run at a time. */
export const retentionLease = sqliteTable('retention_lease', {
  id: integer('id').primaryKey(),
  holder: text('holder').notNull(),
  takenAt: integer('taken_at', { mode: 'timestamp_ms' }).notNull(),
});
