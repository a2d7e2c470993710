import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call, Context } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage, type SortedCursor } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { firstOf, rowsOf, sortedRows } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import { type DeliveryQuery, LISTED, type ListedDelivery } from './delivery-contract.ts';
import { deliveries } from './table.ts';

type Cursor = number | SortedCursor;

/** The deliveries that were found along an index, to be tested one by one. */
const scanned = alias(deliveries, 'scanned');
const columns = columnsOf(scanned, LISTED);

/** A page of deliveries, newest first unless asked otherwise. */
export async function listDeliveries({ ctx, input }: Call<DeliveryQuery>): Promise<Page<ListedDelivery, Cursor>> {
  authorize(ctx.actor, 'delivery.read');
  const byFinish = input.sort_by === 'finished_at';
  const scan = byFinish ? scanDeadLetters(input) : await scanIds(ctx, input);
  const cursorOf = ({ id, finishedAt }: ListedDelivery) =>
    byFinish ? { by: 'finished_at', value: finishedAt?.getTime() ?? 0, id } : id;
  return readPage<ListedDelivery, Cursor>(
    input,
    sortedRows(ctx.db, { scan, tests: tests(input, byFinish), columns, cursorOf }),
  );
}

/** In the order of ids, along the index on what they are about or the primary key. */
async function scanIds({ db }: Context, query: DeliveryQuery): Promise<(window: number) => SQL> {
  const cursor = typeof query.cursor === 'number' ? query.cursor : undefined;
  const { bounds, order } = await scanOf(db, {
    table: deliveries,
    time: deliveries.createdAt,
    query: { ...query, cursor },
  });
  const condition = and(query.subject ? eq(deliveries.subject, query.subject) : undefined, bounds);
  return (window) => firstOf({ selects: [rowsOf(deliveries, condition)], order, window });
}

/** Those that failed, along their index. Behind a cursor: those of the same moment, and those beyond it. */
function scanDeadLetters({ cursor, sort_order }: DeliveryQuery): (window: number) => SQL {
  const { finishedAt, id } = deliveries;
  const [to, than] = sort_order === 'desc' ? [desc, lt] : [asc, gt];
  const behind =
    typeof cursor === 'object'
      ? [and(eq(finishedAt, at(cursor)), than(id, cursor.id)), than(finishedAt, at(cursor))]
      : [undefined];
  // The index is used only when its condition stands there word by word.
  const selects = behind.map((part) => rowsOf(deliveries, and(sql`status = 'failed'`, part)));
  return (window) => firstOf({ selects, order: sql`${to(finishedAt)}, ${to(id)}`, window });
}

const at = ({ value }: SortedCursor) => sql`${value}`;

/** What the index that is followed does not answer: tested row by row within the window. */
function tests(query: DeliveryQuery, byFinish: boolean): SQL | undefined {
  return and(
    query.channel ? eq(scanned.channelId, query.channel) : undefined,
    query.status && !byFinish ? eq(scanned.status, query.status) : undefined,
    query.kind ? eq(scanned.kind, query.kind) : undefined,
    query.from && gte(scanned.createdAt, query.from),
    query.to && lte(scanned.createdAt, query.to),
  );
}
