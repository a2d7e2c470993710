import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Evidence: files in R2 and what is known of them. The row comes first and goes last, so an object in R2 always has one:
 * `uploading` before the first byte, `stored` after the last, `deleting` until the object is gone. What stays
 * `uploading` or `deleting` is cleaned by cron. Ids are never used again.
 */
export const evidence = sqliteTable(
  'evidence',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    incidentId: integer('incident_id').notNull(),
    /** Where it lies in R2: random, made by us. */
    key: text('key').notNull(),
    state: text('state', { enum: ['uploading', 'stored', 'deleting'] }).notNull(),
    filename: text('filename').notNull(),
    mediaType: text('media_type').notNull(),
    /** In bytes; what is reserved for it while it is uploading. */
    size: integer('size').notNull(),
    sha256: text('sha256'),
    uploadedBy: text('uploaded_by').notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    /** When it came into its state. */
    stateSince: integer('state_since', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [
    index('evidence_incident').on(t.incidentId),
    index('evidence_uploader').on(t.uploadedBy),
    index('evidence_unsettled').on(t.stateSince).where(sql`state <> 'stored'`),
  ],
);
