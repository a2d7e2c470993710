import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { inList } from '../db/in-list.ts';
import type { Scan } from '../db/seek.ts';
import { firstOf, rowsOf } from '../db/sorted-rows.ts';
import { ALERT_STATUSES, type AlertStatus } from './lifecycle.ts';
import { alerts } from './table.ts';

/** The alerts that were found along an index, to be tested one by one. */
export const scanned = alias(alerts, 'scanned');

// D1 refuses a compound SELECT of more than five terms.
const MAX_STREAMS = 5;

type StateQuery = { status?: AlertStatus[] | undefined; severity?: Severity[] | undefined };
type StreamQuery = StateQuery & { incident?: number | undefined; dedup_key?: string | undefined };

/**
 * The conditions that an index serves for these filters, each a stream in id order: those on an incident, else those on
 * a key, else those on (status, severity). None when there is no such filter or it needs too many, and then the primary
 * key is read and each row tested.
 */
export function streamsFor({ incident, dedup_key: key, ...query }: StreamQuery): SQL[] {
  if (incident) return [eq(alerts.incidentId, incident)];
  if (key) return [sql`${eq(alerts.dedupKey, key)} AND ${isNotNull(alerts.dedupKey)}`];
  return stateStreams(query);
}

function stateStreams({ status, severity }: StateQuery): SQL[] {
  if (!status && !severity) return [];
  const streams = [...new Set(status ?? ALERT_STATUSES)].flatMap((s) =>
    [...new Set(severity ?? SEVERITIES)].map((v) => sql`${eq(alerts.status, s)} AND ${eq(alerts.severity, v)}`),
  );
  return streams.length <= MAX_STREAMS ? streams : [];
}

/** The first `window` alerts in list order, as `scanned`. */
export function scanAlerts({ scan, streams, window }: { scan: Scan; streams: SQL[]; window: number }): SQL {
  const conditions = streams.length > 0 ? streams.map((stream) => and(stream, scan.bounds)) : [scan.bounds];
  const selects = conditions.map((condition) => rowsOf(alerts, condition));
  return firstOf({ selects, order: scan.order, window });
}

/** What these filters leave to be tested on scanned rows, as no stream serves it. */
export function streamTests({ incident, dedup_key: key, status, severity }: StreamQuery): SQL | undefined {
  if (!incident && !key && stateStreams({ status, severity }).length > 0) return undefined;
  return and(
    incident && key ? eq(scanned.dedupKey, key) : undefined,
    status && inList(scanned.status, status),
    severity && inList(scanned.severity, severity),
  );
}
