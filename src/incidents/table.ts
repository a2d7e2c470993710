import { type SQL, sql } from 'drizzle-orm';
import { customType, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { INCIDENT_SEVERITIES, INCIDENT_STATUSES, SHELVES } from './lifecycle.ts';

/** Text that is compared and sorted without regard to ASCII case. */
const caseless = customType<{ data: string }>({ dataType: () => 'text COLLATE NOCASE' });

/**
 * Incidents. People write them, some a day, and search them in the middle of the night: every column that a list
 * filters or sorts by has an index, on the shelf first. Rows written per incident: 14, and 4 per tag. Ids are never used again.
 *
 * Triggers keep two indexes of what SQLite's own cannot serve: `incidents_search` (FTS5) of the texts, and
 * `incident_tags` with `tag_counts` of the tags. Nothing else writes those.
 * See docs/decisions/0013-incidents-are-indexed-freely.md.
 */
export const incidents = sqliteTable(
  'incidents',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    title: caseless('title').notNull(),
    description: text('description').notNull(),
    service: caseless('service').notNull(),
    severity: text('severity', { enum: INCIDENT_SEVERITIES }).notNull(),
    status: text('status', { enum: INCIDENT_STATUSES }).notNull().default('open'),
    owner: text('owner').notNull(),
    assignee: text('assignee'),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    mitigatedAt: integer('mitigated_at', { mode: 'timestamp_ms' }),
    resolvedAt: integer('resolved_at', { mode: 'timestamp_ms' }),
    archivedAt: integer('archived_at', { mode: 'timestamp_ms' }),
    deletedAt: integer('deleted_at', { mode: 'timestamp_ms' }),
    version: integer('version').notNull().default(1),
    shelf: text('shelf', { enum: SHELVES }).generatedAlwaysAs(
      (): SQL =>
        sql`CASE WHEN deleted_at IS NOT NULL THEN 'deleted' WHEN archived_at IS NOT NULL THEN 'archived' ELSE 'active' END`,
      { mode: 'virtual' },
    ),
  },
  (t) => [
    index('incidents_shelf').on(t.shelf),
    index('incidents_updated').on(t.shelf, t.updatedAt),
    index('incidents_title').on(t.shelf, t.title),
    index('incidents_service').on(t.shelf, t.service),
    index('incidents_severity').on(t.shelf, t.severity),
    index('incidents_status').on(t.shelf, t.status),
    index('incidents_owner').on(t.shelf, t.owner),
    index('incidents_assignee').on(t.shelf, t.assignee),
    // What the daily jobs look for: resolved long ago, deleted long ago.
    index('incidents_resolved').on(t.resolvedAt).where(sql`archived_at IS NULL AND deleted_at IS NULL`),
    index('incidents_deleted').on(t.deletedAt).where(sql`deleted_at IS NOT NULL`),
  ],
);

/** Which incidents on a shelf have a tag. */
export const incidentTags = sqliteTable(
  'incident_tags',
  {
    shelf: text('shelf', { enum: SHELVES }).notNull(),
    tag: text('tag').notNull(),
    incidentId: integer('incident_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shelf, t.tag, t.incidentId] })],
);

/** How many incidents on a shelf have a tag. */
export const tagCounts = sqliteTable(
  'tag_counts',
  {
    shelf: text('shelf', { enum: SHELVES }).notNull(),
    tag: text('tag').notNull(),
    incidents: integer('incidents').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shelf, t.tag] })],
);
