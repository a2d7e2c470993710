import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Tickets that open one live connection each: a WebSocket of a browser cannot send a header. Rows written: 2, then 1. */
export const liveTickets = sqliteTable('live_tickets', {
  id: integer('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  userId: integer('user_id').notNull(),
  sessionId: integer('session_id'),
  expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
});
