import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Matcher } from '../core/matcher.ts';
import type { Severity } from '../core/severity.ts';

/** Who is told, how long after the alert was raised. */
export type Step = { afterSeconds: number; channelIds: number[] };

/** Within how many seconds an alert is to be acknowledged and resolved; null for no target. */
export type Target = { acknowledgeSeconds: number | null; resolveSeconds: number | null };

/**
 * Escalation policies: the first one, by position, whose matchers hold for the event of a new alert says who is told
 * of it and by when it is to be handled. A handful, read whole. Rows written per change: 1.
 */
export const escalationPolicies = sqliteTable('escalation_policies', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
  matchers: text('matchers', { mode: 'json' }).$type<Matcher[]>().notNull(),
  steps: text('steps', { mode: 'json' }).$type<Step[]>().notNull(),
  /** How often the steps are gone through again while nobody acknowledges, and how long after the last step. */
  repeatCount: integer('repeat_count').notNull(),
  repeatAfterSeconds: integer('repeat_after_seconds').notNull(),
  targets: text('targets', { mode: 'json' }).$type<Partial<Record<Severity, Target>>>().notNull(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});

/**
 * How far the escalation of an alert came. Rows written per alert with a policy: 2; per step 2, beside its deliveries.
 */
export const escalations = sqliteTable(
  'escalations',
  {
    alertId: integer('alert_id').primaryKey(),
    policyId: integer('policy_id').notNull(),
    startedAt: integer('started_at', { mode: 'timestamp_ms' }).notNull(),
    /** The step to come, and the round that it belongs to, both from 0. */
    step: integer('step').notNull(),
    round: integer('round').notNull(),
    /** The status that was announced last. */
    announced: text('announced', { enum: ['open', 'acknowledged', 'resolved'] }).notNull(),
    /** When there is something to do: a step, a missed target, a change of status to announce. Null when it is over. */
    dueAt: integer('due_at', { mode: 'timestamp_ms' }),
  },
  (t) => [
    // What is due. An escalation that is over is not in it.
    index('escalations_due_at').on(t.dueAt).where(sql`due_at IS NOT NULL`),
  ],
);
