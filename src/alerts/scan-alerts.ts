import { and, eq, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import type { Scan } from '../db/seek.ts';
import { ALERT_STATUSES, type AlertStatus } from './lifecycle.ts';
import { alerts } from './table.ts';

// D1 refuses a compound SELECT of more than five terms.
const MAX_STREAMS = 5;

type StateQuery = { status?: AlertStatus[] | undefined; severity?: Severity[] | undefined };
type StreamQuery = StateQuery & { incident?: number | undefined };

/**
 * The conditions that an index serves for these filters, each a stream in id order: those on an incident, else those on
 * (status, severity). None when there is no such filter or it needs too many, and then the primary key is read and each
 * row tested.
 */
export function streamsFor({ incident, ...query }: StreamQuery): SQL[] {
  return incident ? [eq(alerts.incidentId, incident)] : stateStreams(query);
}

function stateStreams({ status, severity }: StateQuery): SQL[] {
  if (!status && !severity) return [];
  const streams = [...new Set(status ?? ALERT_STATUSES)].flatMap((s) =>
    [...new Set(severity ?? SEVERITIES)].map((v) => sql`${eq(alerts.status, s)} AND ${eq(alerts.severity, v)}`),
  );
  return streams.length <= MAX_STREAMS ? streams : [];
}

/** The first `window` alerts in list order. SQLite merges the streams lazily: a page reads a page's rows. */
export function scanAlerts(db: Db, { scan, streams, window }: { scan: Scan; streams: SQL[]; window: number }) {
  const select = (where: SQL | undefined) => db.select().from(alerts).where(and(where, scan.bounds));
  const [first, second, ...rest] = streams.map(select);
  if (first && second)
    return unionAll(first, second, ...rest)
      .orderBy(scan.order)
      .limit(window)
      .as('scanned');
  return (first ?? select(undefined)).orderBy(scan.order).limit(window).as('scanned');
}

export type ScannedAlerts = ReturnType<typeof scanAlerts>;

/** The state filters as a test of scanned rows, for when no stream serves them. */
export function stateTests(scanned: ScannedAlerts, { incident, status, severity }: StreamQuery): SQL | undefined {
  if (!incident && stateStreams({ status, severity }).length > 0) return undefined;
  return and(status && inList(scanned.status, status), severity && inList(scanned.severity, severity));
}
