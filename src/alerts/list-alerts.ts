import { and, count, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import type { AlertQuery, AlertWithEvent } from './contract.ts';
import { type ScannedAlerts, scanAlerts, stateTests, streamsFor } from './scan-alerts.ts';
import { alerts } from './table.ts';

type Row = AlertWithEvent & { id: number };

/** A page of alerts with their events, newest first unless asked otherwise. */
export async function listAlerts({ ctx, input }: Call<AlertQuery>): Promise<Page<Row>> {
  authorize(ctx.actor, 'alert.read');
  const { db } = ctx;
  const query = { ...input, severity: input.severity ?? input.event__severity };
  const scan = await scanOf(db, { table: alerts, time: alerts.createdAt, query });
  const streams = streamsFor(query);
  const first = (window: number) => scanAlerts(db, { scan, streams, window });
  const tests = (scanned: ScannedAlerts) =>
    and(streams.length === 0 ? stateTests(scanned, query) : undefined, otherTests(scanned, query));
  return readPage<Row>(query, {
    tested: tests(first(1)) !== undefined,
    rows: async ({ window, limit, offset }) => {
      const scanned = first(window);
      // CROSS JOIN keeps SQLite from starting at the events, which would lose the order and read them all.
      const joined = db.select().from(scanned).crossJoin(events);
      const ofAlert = eq(events.id, scanned.eventId);
      const rows = await joined
        .where(and(ofAlert, tests(scanned)))
        .limit(limit)
        .offset(offset);
      return rows.map(({ scanned: alert, events: event }) => ({ id: alert.id, alert, event }));
    },
    lastScanned: (window) => {
      const scanned = first(window);
      return db
        .select({ id: scanned.id })
        .from(scanned)
        .limit(1)
        .offset(window - 1);
    },
    count: (window) => {
      const scanned = first(window);
      const matches = sql<number>`count(*) FILTER (WHERE ${tests(scanned) ?? sql`true`})`;
      const joined = db.select({ scanned: count(), matches }).from(scanned);
      return joined.crossJoin(events).where(eq(events.id, scanned.eventId));
    },
  });
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
