import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { JsonObject } from '../core/json.ts';

export const CHANNEL_TYPES = ['webhook', 'slack', 'teams', 'pagerduty', 'email'] as const;

export const NOTIFICATION_KINDS = [
  'alert.raised',
  'alert.escalated',
  'alert.acknowledged',
  'alert.resolved',
  'alert.reopened',
  'alert.target_missed',
  'silence.ended',
  'test',
] as const;

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;

/** Where notifications go. Rows written per change: 2. */
export const channels = sqliteTable('channels', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  type: text('type', { enum: CHANNEL_TYPES }).notNull(),
  /** Its address and secrets as JSON, encrypted: the address of a chat channel is a secret, too. */
  target: text('target').notNull(),
  /** What people may see of its address: a host, or addressees. */
  shownTarget: text('shown_target').notNull(),
  /** Null for the words that every channel has of itself. */
  template: text('template', { mode: 'json' }).$type<{ title: string; body: string }>(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  /** Why it was disabled, when its receiver did it by answering 410. */
  disabledReason: text('disabled_reason'),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});

/** One request that was made for a delivery. */
export type Attempt = {
  number: number;
  at: string;
  latencyMs: number;
  /** The HTTP status; null when there was no answer. */
  status: number | null;
  /** Why it failed; null when it did not. */
  error: string | null;
};

/**
 * Notifications on their way: the outbox of whatever tells people, written in its batch. Rows written per delivery: 4;
 * per attempt 2; one that fails for good 1 more.
 */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: integer('id').primaryKey(),
    channelId: integer('channel_id').notNull(),
    kind: text('kind', { enum: NOTIFICATION_KINDS }).notNull(),
    /** What it is about: `alert:12`, `silence:3`, `channel:1`. */
    subject: text('subject').notNull(),
    /** What makes it this notification and no other: `alert:12/step:1/round:1`. A channel gets each key once. */
    key: text('key').notNull(),
    /** What is told, as it was when it was decided to tell it. */
    payload: text('payload', { mode: 'json' }).$type<JsonObject>().notNull(),
    status: text('status', { enum: DELIVERY_STATUSES }).notNull(),
    attempts: text('attempts', { mode: 'json' }).$type<Attempt[]>().notNull(),
    /** When it is tried next; null when it is over. */
    nextAttemptAt: integer('next_attempt_at', { mode: 'timestamp_ms' }),
    /** Until when somebody is at it. */
    leasedUntil: integer('leased_until', { mode: 'timestamp_ms' }),
    /** After this it is not tried again. */
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    finishedAt: integer('finished_at', { mode: 'timestamp_ms' }),
  },
  (t) => [
    uniqueIndex('deliveries_key').on(t.channelId, t.key),
    index('deliveries_due').on(t.nextAttemptAt).where(sql`next_attempt_at IS NOT NULL`),
    index('deliveries_subject').on(t.subject),
    index('deliveries_failed').on(t.finishedAt).where(sql`status = 'failed'`),
  ],
);
