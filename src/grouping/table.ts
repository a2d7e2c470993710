import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Matcher } from '../core/matcher.ts';

/**
 * Rules that give events a `dedup_key` that came without: the first one, by position, whose matchers hold makes it of
 * the fields that it names. A handful, read whole. Rows written per change: 1.
 */
export const groupingRules = sqliteTable('grouping_rules', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
  matchers: text('matchers', { mode: 'json' }).$type<Matcher[]>().notNull(),
  /** Events that agree in these are one problem. */
  fields: text('fields', { mode: 'json' }).$type<string[]>().notNull(),
  /** An alert gathers events until none came for so long. */
  windowSeconds: integer('window_seconds').notNull(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});
