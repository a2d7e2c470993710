import { and, asc, getTableColumns, gt, lt, lte, type SQL, sql } from 'drizzle-orm';
import { auditRows } from '../audit/table.ts';
import { DAY_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { scanOf } from '../db/seek.ts';
import { events } from '../events/table.ts';
import { foldedTo } from '../reports/watermark.ts';
import type { ColdEvent } from './cold-file.ts';
import { dayOf, movedTo } from './moved.ts';

// A Worker has 128 MB for all that it does. Writing takes some 40 MB at these bounds, and twice as much at the worst:
// when the last page is full of the largest events.
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 4_000_000;
const PAGE = 500;

/** Events that become one object: all that are left of these ids, of one day. */
export type Chunk = {
  day: string;
  firstId: number;
  lastId: number;
  rows: ColdEvent[];
  /** The newest audit row before the events were read: what changed them since has a later one. */
  auditedTo: number;
};

/** Whether the oldest event that was not moved is due. One row read: on most runs there is nothing to do. */
export async function isAnyDue(ctx: Context): Promise<boolean> {
  const [oldest] = await ctx.db
    .select({ timestamp: events.timestamp })
    .from(events)
    .where(gt(events.id, movedTo()))
    .orderBy(asc(events.id))
    .limit(1);
  return oldest !== undefined && oldest.timestamp < startOfRetention(ctx);
}

/** The midnight before which events are due. */
function startOfRetention({ clock, settings }: Context): Date {
  return new Date(dayOf(new Date(clock().getTime() - settings.eventRetentionDays * DAY_MS)));
}

/** The next events to move, in the order of ids; nothing when none is due. */
export async function readChunk(ctx: Context): Promise<Chunk | undefined> {
  const due = startOfRetention(ctx);
  const [place] = await ctx.db.all<{ moved: number; audited: number }>(
    sql`SELECT ${movedTo()} AS moved, coalesce((SELECT max(${auditRows.id}) FROM ${auditRows}), 0) AS audited`,
  );
  const { moved = 0, audited = 0 } = place ?? {};
  const rows = await readRows(ctx, { bounds: await dueRows(ctx, { moved, due }), due });
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return undefined;
  return { day: dayOf(first.timestamp), firstId: moved + 1, lastId: last.id, rows, auditedTo: audited };
}

/**
 * Which events may be due, along the primary key. Those that reports have not counted wait, and so does the newest:
 * SQLite numbers new rows on from it.
 */
async function dueRows({ db }: Context, { moved, due }: { moved: number; due: Date }): Promise<SQL | undefined> {
  const query = { cursor: moved, to: due, limit: 1, sort_order: 'asc' as const };
  const { bounds } = await scanOf(db, { table: events, time: events.timestamp, query });
  const isNotNewest = lt(events.id, sql`(SELECT max(${events.id}) FROM ${events})`);
  return and(bounds, isNotNewest, lte(events.id, foldedTo('events')));
}

/** The first of these events that are of one day and due, up to one that owes an alert. */
async function readRows(
  { db }: Context,
  { bounds, due }: { bounds: SQL | undefined; due: Date },
): Promise<ColdEvent[]> {
  const rows: ColdEvent[] = [];
  let characters = 0;
  while (rows.length < MAX_ROWS && characters < MAX_CHARACTERS) {
    const page = await db
      .select(COLUMNS)
      .from(events)
      .where(and(bounds, gt(events.id, rows.at(-1)?.id ?? 0)))
      .orderBy(asc(events.id))
      .limit(PAGE);
    const day = (rows[0] ?? page[0])?.timestamp;
    const end = page.findIndex(
      ({ timestamp, alertState }) =>
        timestamp >= due || alertState === 'pending' || (day && dayOf(timestamp) !== dayOf(day)),
    );
    const taken = end < 0 ? page : page.slice(0, end);
    rows.push(...taken);
    for (const { attributes, description } of taken) characters += attributes.length + description.length;
    if (taken.length < PAGE) break;
  }
  return rows;
}

const { idempotencyKey: _key, bodyHash: _hash, ...KEPT } = getTableColumns(events);
const COLUMNS = { ...KEPT, attributes: sql<string>`${events.attributes}`, origin: sql<string>`${events.origin}` };
