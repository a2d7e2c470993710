import { and, eq, gte, lte, type SQL } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import { scanOf } from '../db/seek.ts';
import { events } from '../events/table.ts';
import type { AlertQuery } from './contract.ts';
import { type ScannedAlerts, scanAlerts, stateTests, streamsFor } from './scan-alerts.ts';
import { alerts } from './table.ts';

/**
 * The alerts that these filters ask for: `scan` reads the first so many along an index, in list order, and `tests` says
 * which of them match. One query when a time is given, none otherwise.
 */
export async function matchAlerts(db: Db, input: AlertQuery) {
  const query = { ...input, severity: input.severity ?? input.event__severity };
  const scan = await scanOf(db, { table: alerts, time: alerts.createdAt, query });
  const streams = streamsFor(query);
  return {
    scan: (window: number) => scanAlerts(db, { scan, streams, window }),
    tests: (scanned: ScannedAlerts) => and(stateTests(scanned, query), otherTests(scanned, query)),
  };
}

/** What no index answers: tested row by row within the window, on the alert or on its event. */
function otherTests(scanned: ScannedAlerts, query: AlertQuery): SQL | undefined {
  return and(
    query.source ? eq(events.source, query.source) : undefined,
    query.event_type && inList(events.eventType, query.event_type),
    query.assignee ? eq(scanned.assignee, query.assignee) : undefined,
    query.from && gte(scanned.createdAt, query.from),
    query.to && lte(scanned.createdAt, query.to),
  );
}
