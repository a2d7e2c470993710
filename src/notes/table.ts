import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Notes on incidents, in Markdown. Rows written per note: 3 (row, index, sequence). Ids are never used again. */
export const notes = sqliteTable(
  'notes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    incidentId: integer('incident_id').notNull(),
    author: text('author').notNull(),
    body: text('body').notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    editedAt: integer('edited_at', { mode: 'timestamp_ms' }),
  },
  (t) => [index('notes_incident').on(t.incidentId)],
);

/** What a note said before each edit. Goes with its note. */
export const noteRevisions = sqliteTable(
  'note_revisions',
  {
    id: integer('id').primaryKey(),
    noteId: integer('note_id').notNull(),
    body: text('body').notNull(),
    /** Since when it said so, and until when. */
    writtenAt: integer('written_at', { mode: 'timestamp_ms' }).notNull(),
    replacedAt: integer('replaced_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('note_revisions_note').on(t.noteId)],
);
