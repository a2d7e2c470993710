import { and, count, eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { SHOWN } from '../events/contract.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import type { AlertQuery, AlertWithEvent } from './contract.ts';
import { matchAlerts } from './match-alerts.ts';
import { scanned } from './scan-alerts.ts';

type Row = AlertWithEvent & { id: number };

const ofAlert = columnsOf(scanned);
const ofEvent = columnsOf(events, SHOWN);

/** A page of alerts with their events, newest first unless asked otherwise. */
export async function listAlerts({ ctx, input }: Call<AlertQuery>): Promise<Page<Row>> {
  authorize(ctx.actor, 'alert.read');
  const { db } = ctx;
  const { scan, tests } = await matchAlerts(db, input);
  const isItsEvent = eq(events.id, scanned.eventId);
  return readPage<Row>(input, {
    tested: tests !== undefined,
    rows: async ({ window, limit, offset }) => {
      // CROSS JOIN keeps SQLite from starting at the events, which would lose the order and read them all.
      const rows = await db.values<unknown[]>(sql`
        SELECT ${ofAlert.names}, ${ofEvent.names} FROM ${scan(window)} CROSS JOIN ${events}
        WHERE ${and(isItsEvent, tests)} LIMIT ${limit} OFFSET ${offset}`);
      return rows.map((cells) => {
        const alert = ofAlert.rowOf(cells);
        return { id: alert.id, alert, event: ofEvent.rowOf(cells, ofAlert.count) };
      });
    },
    lastScanned: async (window) => {
      const [last] = await db.values<[number]>(sql`
        SELECT ${scanned.id} FROM ${scan(window)} LIMIT 1 OFFSET ${window - 1}`);
      return last?.[0];
    },
    cursorOf: ({ id }) => id,
    count: (window) => {
      const matches = sql<number>`count(*) FILTER (WHERE ${tests ?? sql`true`})`;
      return db.select({ scanned: count(), matches }).from(scan(window)).crossJoin(events).where(isItsEvent);
    },
  });
}
