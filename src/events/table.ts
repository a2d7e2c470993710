import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Origin } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { SEVERITIES } from '../core/severity.ts';

/**
 * Security events. The row is its own outbox: a High or Critical one is born `pending` and stays so until its
 * alert exists. It is also its own audit row: `submitted_by`, `request_id` and `ip` say who posted it.
 *
 * Rows written per insert: 1, whatever the severity; each key that is given 1 more. Every index is partial, so the
 * common event pays for none. Lists need no index: they follow the primary key, newest first, and
 * a time is found by binary search because ids grow with it (`db/seek.ts`).
 */
export const events = sqliteTable(
  'events',
  {
    id: integer('id').primaryKey(),
    timestamp: integer('timestamp', { mode: 'timestamp_ms' }).notNull(),
    source: text('source').notNull(),
    eventType: text('event_type').notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    description: text('description').notNull(),
    occurredAt: integer('occurred_at', { mode: 'timestamp_ms' }),
    attributes: text('attributes', { mode: 'json' }).$type<JsonObject>().notNull(),
    dedupKey: text('dedup_key'),
    externalId: text('external_id'),
    idempotencyKey: text('idempotency_key'),
    /** Hash of the body that came with the Idempotency-Key, to tell a retry from a reuse. */
    bodyHash: text('body_hash'),
    submittedBy: text('submitted_by').notNull(),
    sensorId: integer('sensor_id'),
    requestId: text('request_id').notNull(),
    ip: text('ip'),
    origin: text('origin', { mode: 'json' }).$type<Origin>().notNull(),
    alertState: text('alert_state', { enum: ['pending', 'done', 'suppressed'] }),
    alertId: integer('alert_id'),
    /** The silence that kept it from raising an alert. */
    silenceId: integer('silence_id'),
  },
  (t) => [
    // A retry of the same external_id by the same poster for the same source is a duplicate: +1 row when given.
    uniqueIndex('events_external_id').on(t.submittedBy, t.source, t.externalId).where(sql`external_id IS NOT NULL`),
    // The same for the Idempotency-Key of a single POST: +1 row when given.
    uniqueIndex('events_idempotency_key').on(t.submittedBy, t.idempotencyKey).where(sql`idempotency_key IS NOT NULL`),
    // The events that an alert gathered under their key: +1 row when one has joined an alert, none without a key.
    index('events_alert').on(t.alertId).where(sql`alert_id IS NOT NULL AND dedup_key IS NOT NULL`),
    // What a silence suppressed: +1 row for those, none for others.
    index('events_silence').on(t.silenceId).where(sql`silence_id IS NOT NULL`),
  ],
);
