import { env } from 'cloudflare:workers';

// What the rollups should hold of the rows that are folded, counted anew in plain SQL.
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const folded = (counted: string) => `id <= (SELECT last_id FROM watermarks WHERE counted = '${counted}')`;

const events = (dimension: string, column: string, [period, ms]: [string, number]) => `
  SELECT '${dimension}', '${period}', timestamp / ${ms} * ${ms}, ${column}, count(*)
  FROM events WHERE ${folded('events')} GROUP BY 3, 4`;

const alerts = ([period, ms]: [string, number]) => `
  SELECT '${period}', created_at / ${ms} * ${ms}, severity,
    count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'acknowledged'),
    count(*) FILTER (WHERE status = 'resolved'),
    count(*) FILTER (WHERE acknowledged_at > 0 OR resolved_at > 0),
    total(CASE WHEN acknowledged_at > 0 THEN acknowledged_at - created_at
      WHEN resolved_at > 0 THEN resolved_at - created_at END),
    total(resolved_at - created_at),
    count(*) FILTER (WHERE status = 'resolved' AND verdict = 'true_positive'),
    count(*) FILTER (WHERE status = 'resolved' AND verdict = 'false_positive'),
    count(*) FILTER (WHERE status = 'resolved' AND verdict = 'benign'),
    count(acknowledge_by), count(acknowledge_breached_at), count(resolve_by), count(resolve_breached_at)
  FROM alerts WHERE ${folded('alerts')} GROUP BY 2, 3`;

const incidents = ([period, ms]: [string, number]) => `
  SELECT '${period}', created_at / ${ms} * ${ms}, severity,
    count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'mitigated'),
    count(*) FILTER (WHERE status = 'resolved'), total(resolved_at - created_at)
  FROM incidents WHERE deleted_at IS NULL AND ${folded('incidents')} GROUP BY 2, 3`;

const PERIODS: [string, number][] = [
  ['hour', HOUR],
  ['day', DAY],
];

const EXPECTED: Record<string, string[]> = {
  event_counts: [
    ...PERIODS.map((period) => events('severity', 'severity', period)),
    events('source', 'source', ['day', DAY]),
    events('event_type', 'event_type', ['day', DAY]),
  ],
  alert_counts: PERIODS.map(alerts),
  incident_counts: PERIODS.map(incidents),
};

const isNothing = (row: unknown[]) => row.every((value) => typeof value !== 'number' || value === 0 || value > 1e11);
const asLines = (rows: unknown[][]) => rows.map((row) => row.join(' ')).sort();

/** The rows of each rollup that count something, and what a recount says they should be, read at one moment. */
export async function rollupsAndRecount() {
  const pairs: { table: string; stored: string[]; recounted: string[] }[] = [];
  for (const [table, selects] of Object.entries(EXPECTED)) {
    const statements = [`SELECT * FROM ${table}`, ...selects].map((text) => env.DB.prepare(text));
    const [stored, ...recounted] = (await Promise.all(statements.map((statement) => statement.raw()))) as unknown[][][];
    pairs.push({
      table,
      stored: asLines((stored ?? []).filter((row) => !isNothing(row))),
      recounted: asLines(recounted.flat()),
    });
  }
  return pairs;
}

/** Lets the next fold take whatever waits. */
export async function makeFoldDue(): Promise<void> {
  await env.DB.prepare('UPDATE watermarks SET folded_at = 0').run();
}
