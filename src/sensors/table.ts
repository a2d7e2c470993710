import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Machines that post events. Only the hash of a key is kept; its prefix tells people which key it is.
 * Rows written per new sensor: 3 (the row and two unique indexes).
 */
export const sensors = sqliteTable('sensors', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  keyPrefix: text('key_prefix').notNull(),
  keyHash: text('key_hash').notNull().unique(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
});
