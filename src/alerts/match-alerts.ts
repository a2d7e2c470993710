import { and, eq, gte, isNotNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { SEVERITIES } from '../core/severity.ts';
import type { Db } from '../db/client.ts';
import { inList, leftOf, notInList } from '../db/in-list.ts';
import { scanOf } from '../db/seek.ts';
import { containsText } from '../events/contains-text.ts';
import { events } from '../events/table.ts';
import { type AlertQuery, FLAPPING } from './contract.ts';
import { ALERT_STATUSES } from './lifecycle.ts';
import { scanAlerts, scanned, streamsFor, streamTests } from './scan-alerts.ts';
import { alerts } from './table.ts';

type Matching = { scan: (window: number) => SQL; tests: SQL | undefined };

/**
 * The alerts that these filters ask for: `scan` reads the first so many along an index, in list order, and `tests` says
 * which of them match, when not all do. One query when a time is given, none otherwise.
 */
export async function matchAlerts(db: Db, input: AlertQuery): Promise<Matching> {
  const { severity, event__severity, not_severity, status, not_status } = input;
  const query = {
    ...input,
    severity: leftOf(SEVERITIES, { wanted: severity ?? event__severity, excluded: not_severity }),
    status: leftOf(ALERT_STATUSES, { wanted: status, excluded: not_status }),
  };
  const scan = await scanOf(db, { table: alerts, time: alerts.createdAt, query });
  const streams = streamsFor(query);
  return {
    scan: (window) => scanAlerts({ scan, streams, window }),
    tests: and(streamTests(query), otherTests(query)),
  };
}

/** What no index answers: tested row by row within the window, on the alert or on its event. */
function otherTests(query: AlertQuery): SQL | undefined {
  return and(
    query.source ? eq(events.source, query.source) : undefined,
    query.event_type && inList(events.eventType, query.event_type),
    query.assignee ? eq(scanned.assignee, query.assignee) : undefined,
    query.not_source && notInList(events.source, query.not_source),
    query.not_event_type && notInList(events.eventType, query.not_event_type),
    query.not_assignee && notInList(scanned.assignee, query.not_assignee),
    is(query.assigned, isNotNull(scanned.assignee)),
    is(query.flapping, gte(scanned.recurrences, FLAPPING)),
    is(query.breached, isBreached),
    query.from && gte(scanned.createdAt, query.from),
    query.to && lte(scanned.createdAt, query.to),
    query.search ? containsText(events, query.search) : undefined,
  );
}

const isBreached = or(isNotNull(scanned.acknowledgeBreachedAt), isNotNull(scanned.resolveBreachedAt));

/** A test for those of which a condition holds, or for the others; none when it was not asked for. */
function is(wanted: boolean | undefined, condition: SQL | undefined): SQL | undefined {
  return wanted === undefined ? undefined : sql`(${condition}) IS ${wanted ? sql`TRUE` : sql`FALSE`}`;
}
