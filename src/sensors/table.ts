import { sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * Machines that post events. Only the hashes of its keys are kept; a prefix tells people which key it is. While a key
 * is being rotated the one before it works, too. Counters and `last_seen_at` are folded in at most twice a minute.
 * Rows written per new sensor: 3 (the row and two unique indexes); per rotation 3; per fold 1.
 */
export const sensors = sqliteTable(
  'sensors',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull().unique(),
    keyPrefix: text('key_prefix').notNull(),
    keyHash: text('key_hash').notNull().unique(),
    previousKeyHash: text('previous_key_hash'),
    previousKeyUntil: integer('previous_key_until', { mode: 'timestamp_ms' }),
    enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
    /** Seconds between two events; silent for longer, it raises an alert. Null: never. */
    expectedInterval: integer('expected_interval'),
    /** Whether a new network, or two continents within an hour, raise an alert. */
    watchOrigin: integer('watch_origin', { mode: 'boolean' }).notNull().default(true),
    silentSince: integer('silent_since', { mode: 'timestamp_ms' }),
    lastSeenAt: integer('last_seen_at', { mode: 'timestamp_ms' }),
    accepted: integer('accepted').notNull().default(0),
    duplicates: integer('duplicates').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [uniqueIndex('sensors_previous_key_hash').on(t.previousKeyHash).where(sql`previous_key_hash IS NOT NULL`)],
);

/** Where the key of a sensor was used from. Rows written per new place: 2; per hour of use there: 1. */
export const sensorOrigins = sqliteTable(
  'sensor_origins',
  {
    sensorId: integer('sensor_id').notNull(),
    asn: integer('asn').notNull(),
    continent: text('continent').notNull(),
    country: text('country'),
    firstSeenAt: integer('first_seen_at', { mode: 'timestamp_ms' }).notNull(),
    lastSeenAt: integer('last_seen_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.sensorId, t.asn, t.continent] })],
);
