import { sql } from 'drizzle-orm';
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const SCREENS = ['events', 'alerts', 'incidents'] as const;

/**
 * Views that people saved of a screen: its filters and order under a name. Rows written per change: 2, of a default
 * one 3.
 */
export const savedViews = sqliteTable(
  'saved_views',
  {
    id: integer('id').primaryKey(),
    owner: text('owner').notNull(),
    screen: text('screen', { enum: SCREENS }).notNull(),
    name: text('name').notNull(),
    /** The search part of the screen's address: `status=open&severity=critical`. */
    query: text('query').notNull(),
    /** Whether everybody sees it; only its owner and admins change it. */
    shared: integer('shared', { mode: 'boolean' }).notNull(),
    /** With what its owner's screen opens. */
    isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [
    uniqueIndex('saved_views_name').on(t.owner, t.screen, t.name),
    uniqueIndex('saved_views_default').on(t.owner, t.screen).where(sql`is_default = 1`),
  ],
);
