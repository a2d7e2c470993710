import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who did what to which thing: one row per change, in the change's own batch. Rows are only ever added. */
export const auditRows = sqliteTable('audit_rows', {
  id: integer('id').primaryKey(),
  timestamp: integer('timestamp', { mode: 'timestamp_ms' }).notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  target: text('target').notNull(),
  before: text('before', { mode: 'json' }),
  after: text('after', { mode: 'json' }),
  ip: text('ip'),
  requestId: text('request_id').notNull(),
});
