import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who did what to which thing: one row per change, in the change's own batch. Rows are only ever added. */
export const auditRows = sqliteTable(
  'audit_rows',
  {
    id: integer('id').primaryKey(),
    timestamp: integer('timestamp', { mode: 'timestamp_ms' }).notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    before: text('before', { mode: 'json' }),
    after: text('after', { mode: 'json' }),
    ip: text('ip'),
    requestId: text('request_id').notNull(),
  },
  (t) => [
    // The timeline of an incident is what the log says of it and its parts (`incident:17`, `incident:17/note:3`): +1 row
    // for those, none for others.
    index('audit_rows_incident').on(t.target).where(sql`target >= 'incident:' AND target < 'incident:~'`),
  ],
);

/**
 * The condition of that index, for queries by target: SQLite uses it only where it is repeated word for word, without a
 * parameter.
 */
export const isOfIncident = sql`${auditRows.target} >= 'incident:' AND ${auditRows.target} < 'incident:~'`;

/**
 * Seals over ranges of audit rows, made by cron: each digest covers the rows of its range and the digest before it, so
 * that a change anywhere breaks every seal after it. Rows written per seal: 2.
 */
export const auditSeals = sqliteTable('audit_seals', {
  id: integer('id').primaryKey(),
  firstId: integer('first_id').notNull().unique(),
  lastId: integer('last_id').notNull(),
  previousDigest: text('previous_digest').notNull(),
  digest: text('digest').notNull(),
  sealedAt: integer('sealed_at', { mode: 'timestamp_ms' }).notNull(),
});
