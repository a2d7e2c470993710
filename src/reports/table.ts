import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { SEVERITIES } from '../core/severity.ts';
import { INCIDENT_SEVERITIES } from '../incidents/lifecycle.ts';

/**
 * Rollups: what reports are served from. A row counts what began in one hour or day (UTC), as it stands now: an alert
 * that is resolved a week later changes the bucket in which it was raised. A cron folds what came since its watermark;
 * what is changed or deleted later corrects its bucket in its own batch.
 */
const PERIODS = ['hour', 'day'] as const;

const bucket = {
  period: text('period', { enum: PERIODS }).notNull(),
  /** Its first millisecond. */
  start: integer('start').notNull(),
};

/** Events by severity per hour and day, by source and type per day. */
export const eventCounts = sqliteTable(
  'event_counts',
  {
    dimension: text('dimension', { enum: ['severity', 'source', 'event_type'] }).notNull(),
    ...bucket,
    value: text('value').notNull(),
    events: integer('events').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.period, t.start, t.value] })],
);

/** Alerts per hour and day in which they were raised, with how fast they were acknowledged and resolved. */
export const alertCounts = sqliteTable(
  'alert_counts',
  {
    ...bucket,
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    open: integer('open').notNull(),
    acknowledged: integer('acknowledged').notNull(),
    resolved: integer('resolved').notNull(),
    /** Those acknowledged, or resolved without that, and the milliseconds that it took, summed; the same for resolved. */
    answered: integer('answered').notNull(),
    answeredMs: integer('answered_ms').notNull(),
    resolvedMs: integer('resolved_ms').notNull(),
    truePositives: integer('true_positives').notNull(),
    falsePositives: integer('false_positives').notNull(),
    benign: integer('benign').notNull(),
    /** Those with a target for being acknowledged, those that missed it; the same for resolved. */
    acknowledgeTargets: integer('acknowledge_targets').notNull().default(0),
    acknowledgeBreaches: integer('acknowledge_breaches').notNull().default(0),
    resolveTargets: integer('resolve_targets').notNull().default(0),
    resolveBreaches: integer('resolve_breaches').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.period, t.start, t.severity] })],
);

/** Incidents per hour and day in which they were created; deleted ones are not counted. */
export const incidentCounts = sqliteTable(
  'incident_counts',
  {
    ...bucket,
    severity: text('severity', { enum: INCIDENT_SEVERITIES }).notNull(),
    open: integer('open').notNull(),
    mitigated: integer('mitigated').notNull(),
    resolved: integer('resolved').notNull(),
    resolvedMs: integer('resolved_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.period, t.start, t.severity] })],
);

/** Up to which id each table is folded. */
export const watermarks = sqliteTable('watermarks', {
  counted: text('counted', { enum: ['events', 'alerts', 'incidents'] }).primaryKey(),
  lastId: integer('last_id').notNull(),
  foldedAt: integer('folded_at', { mode: 'timestamp_ms' }).notNull(),
});
