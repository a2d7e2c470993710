import { and, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventQuery, StoredEvent } from './contract.ts';
import { events } from './table.ts';

/** A page of events, newest first unless asked otherwise. */
export async function listEvents({ ctx, input }: Call<EventQuery>): Promise<Page<StoredEvent>> {
  authorize(ctx.actor, 'event.read');
  const scan = await scanOf(ctx.db, { table: events, time: events.timestamp, query: input });
  return readPage<StoredEvent>(
    input,
    scannedRows(ctx.db, {
      scan: (window) => scanEvents(ctx, { scan, window }),
      tests: (scanned) => tests(scanned, input),
    }),
  );
}

/** The first `window` rows in list order, along the primary key. */
function scanEvents({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(events).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

type Scanned = ReturnType<typeof scanEvents>;

/** What no index answers: tested row by row within the window. */
function tests(scanned: Scanned, query: EventQuery): SQL | undefined {
  const source = query.source ?? query.source_name;
  return and(
    query.severity && inList(scanned.severity, query.severity),
    source ? eq(scanned.source, source) : undefined,
    query.event_type && inList(scanned.eventType, query.event_type),
    query.from && gte(scanned.timestamp, query.from),
    query.to && lte(scanned.timestamp, query.to),
    query.search ? containsText(scanned, query.search) : undefined,
  );
}

/** Text in any of three columns, ignoring ASCII case. D1 limits LIKE patterns to 50 bytes; `instr` has no limit. */
function containsText(scanned: Scanned, search: string): SQL {
  const text = sql`lower(${scanned.source} || char(10) || ${scanned.eventType} || char(10) || ${scanned.description})`;
  return sql`instr(${text}, lower(${search})) > 0`;
}
