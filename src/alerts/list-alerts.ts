import { and, count, eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { readPairs } from '../db/read-pairs.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import type { AlertQuery, AlertWithEvent } from './contract.ts';
import { matchAlerts } from './match-alerts.ts';
import { alerts } from './table.ts';

type Row = AlertWithEvent & { id: number };

/** A page of alerts with their events, newest first unless asked otherwise. */
export async function listAlerts({ ctx, input }: Call<AlertQuery>): Promise<Page<Row>> {
  authorize(ctx.actor, 'alert.read');
  const { db } = ctx;
  const { scan, tests } = await matchAlerts(db, input);
  return readPage<Row>(input, {
    tested: tests(scan(1)) !== undefined,
    rows: async ({ window, limit, offset }) => {
      const scanned = scan(window);
      // CROSS JOIN keeps SQLite from starting at the events, which would lose the order and read them all.
      const joined = db.select().from(scanned).crossJoin(events);
      const ofAlert = eq(events.id, scanned.eventId);
      const query = joined
        .where(and(ofAlert, tests(scanned)))
        .limit(limit)
        .offset(offset);
      const rows = await readPairs(db, { query, left: alerts, right: events });
      return rows.map(([alert, event]) => ({ id: alert.id, alert, event }));
    },
    lastScanned: async (window) => {
      const scanned = scan(window);
      const [last] = await db
        .select({ id: scanned.id })
        .from(scanned)
        .limit(1)
        .offset(window - 1);
      return last?.id;
    },
    cursorOf: ({ id }) => id,
    count: (window) => {
      const scanned = scan(window);
      const matches = sql<number>`count(*) FILTER (WHERE ${tests(scanned) ?? sql`true`})`;
      const joined = db.select({ scanned: count(), matches }).from(scanned);
      return joined.crossJoin(events).where(eq(events.id, scanned.eventId));
    },
  });
}
