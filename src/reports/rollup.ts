import { and, getTableColumns, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { alerts } from '../alerts/table.ts';
import { events } from '../events/table.ts';
import { incidents } from '../incidents/table.ts';
import { alertCounts, eventCounts, incidentCounts, type watermarks } from './table.ts';

export type Counted = (typeof watermarks.$inferSelect)['counted'];

/** What a row of a table adds to the buckets in which it began. Everything that counts, folds or checks reads it here. */
export type Rollup = {
  counted: Counted;
  source: SQLiteTable & { id: SQLiteColumn };
  time: SQLiteColumn;
  /** Rows that count nothing are left out. */
  counts?: SQL;
  /** Where it is counted. Columns that are not measures are its key. */
  table: SQLiteTable & { period: SQLiteColumn; start: SQLiteColumn };
  /** The kinds of bucket that each row lies in, and how long they are. */
  buckets: SQL;
  key: Record<string, SQL>;
  measures: Record<string, SQL>;
};

const HOUR_AND_DAY = sql`(SELECT 'hour' AS period, 3600000 AS ms UNION ALL SELECT 'day', 86400000) AS bucket`;

/** The first millisecond of the bucket that a time lies in. */
const startOf = (time: SQLiteColumn) => sql`${time} - ${time} % bucket.ms`;

const isResolved = sql`${alerts.status} = 'resolved'`;
const resolvedAs = (verdict: string) => sql`${isResolved} AND ${alerts.verdict} IS ${verdict}`;
// Who resolves an alert at once has answered it, too.
const answeredAt = sql`coalesce(${alerts.acknowledgedAt}, ${alerts.resolvedAt})`;

export const ROLLUPS = {
  events: {
    counted: 'events',
    source: events,
    time: events.timestamp,
    table: eventCounts,
    buckets: sql`(
      SELECT 'severity' AS dimension, 'hour' AS period, 3600000 AS ms UNION ALL SELECT 'severity', 'day', 86400000
      UNION ALL SELECT 'source', 'day', 86400000 UNION ALL SELECT 'event_type', 'day', 86400000) AS bucket`,
    key: {
      dimension: sql`bucket.dimension`,
      period: sql`bucket.period`,
      start: startOf(events.timestamp),
      value: sql`CASE bucket.dimension
        WHEN 'severity' THEN ${events.severity} WHEN 'source' THEN ${events.source} ELSE ${events.eventType} END`,
    },
    measures: { events: sql`1` },
  },
  alerts: {
    counted: 'alerts',
    source: alerts,
    time: alerts.createdAt,
    table: alertCounts,
    buckets: HOUR_AND_DAY,
    key: { period: sql`bucket.period`, start: startOf(alerts.createdAt), severity: sql`${alerts.severity}` },
    measures: {
      open: sql`${alerts.status} = 'open'`,
      acknowledged: sql`${alerts.status} = 'acknowledged'`,
      resolved: isResolved,
      answered: sql`${answeredAt} IS NOT NULL`,
      answeredMs: sql`coalesce(${answeredAt} - ${alerts.createdAt}, 0)`,
      resolvedMs: sql`iif(${isResolved}, ${alerts.resolvedAt} - ${alerts.createdAt}, 0)`,
      truePositives: resolvedAs('true_positive'),
      falsePositives: resolvedAs('false_positive'),
      benign: resolvedAs('benign'),
      acknowledgeTargets: isNotNull(alerts.acknowledgeBy),
      acknowledgeBreaches: isNotNull(alerts.acknowledgeBreachedAt),
      resolveTargets: isNotNull(alerts.resolveBy),
      resolveBreaches: isNotNull(alerts.resolveBreachedAt),
    },
  },
  incidents: {
    counted: 'incidents',
    source: incidents,
    time: incidents.createdAt,
    counts: isNull(incidents.deletedAt),
    table: incidentCounts,
    buckets: HOUR_AND_DAY,
    key: { period: sql`bucket.period`, start: startOf(incidents.createdAt), severity: sql`${incidents.severity}` },
    measures: {
      open: sql`${incidents.status} = 'open'`,
      mitigated: sql`${incidents.status} = 'mitigated'`,
      resolved: sql`${incidents.status} = 'resolved'`,
      resolvedMs: sql`iif(${incidents.status} = 'resolved', ${incidents.resolvedAt} - ${incidents.createdAt}, 0)`,
    },
  },
} satisfies Record<Counted, Rollup>;

/** The columns of a rollup by their names in code: its key, then what is summed. */
export function columnsOf({ table, key, measures }: Rollup) {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table);
  const pick = (names: Record<string, SQL>) => Object.entries(columns).filter(([name]) => name in names);
  return { key: pick(key), measures: pick(measures) };
}

type Which = {
  where: SQL | undefined;
  /** Stands in for the table, under its name. */
  from?: SQL;
  /** To take away instead of to add. */
  negative?: boolean;
};

/** The SELECT of what some rows contribute: rows of the rollup, each bucket once. */
export function contributions(rollup: Rollup, { where, from, negative = false }: Which): SQL {
  const { key, measures } = columnsOf(rollup);
  const sign = negative ? sql`-` : sql``;
  const list = [
    ...key.map(([name, column]) => sql`${rollup.key[name]} AS ${sql.identifier(column.name)}`),
    ...measures.map(([name, { name: as }]) => sql`${sign}sum(${rollup.measures[name]}) AS ${sql.identifier(as)}`),
  ];
  // CROSS JOIN keeps the order: the buckets of one row after the other.
  return sql`SELECT ${sql.join(list, sql`, `)} FROM ${from ?? rollup.source} CROSS JOIN ${rollup.buckets}
    WHERE ${and(where, rollup.counts) ?? sql`true`} GROUP BY ${sql.join(Object.values(rollup.key), sql`, `)}`;
}
