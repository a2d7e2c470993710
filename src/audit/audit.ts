import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable, SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { actorLabel } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { selectInto } from '../db/select-into.ts';
import { auditRows } from './table.ts';

type Entry = { action: string; target: string | SQL };

/**
 * The audit row of an insert, to stand right after it in the same batch. When the insert changed nothing, it
 * writes nothing. Unexecuted.
 */
export function auditInsert(ctx: Context, entry: Entry & { after?: JsonObject | SQL }) {
  const { after } = entry;
  const json = after === undefined || isSql(after) ? (after ?? null) : JSON.stringify(after);
  return append(ctx, { ...entry, before: null, after: json, from: sql`WHERE changes() > 0` });
}

/** The audit rows of several inserts, one for each row of `from`. Unexecuted. */
export function auditInserts(ctx: Context, entry: { action: string; target: SQL; after: SQL; from: SQL }) {
  return append(ctx, { ...entry, before: null });
}

/** The audit row of something that happened without changing another table. Unexecuted. */
export function auditEvent(ctx: Context, entry: Entry & { after: JsonObject }) {
  return append(ctx, { ...entry, before: null, after: JSON.stringify(entry.after), from: sql`` });
}

/**
 * The audit rows of an update or a delete, to stand right before it in the same batch with the same condition:
 * one row for each row that will change, with the old values read from it. Without `set` it is a delete and the
 * whole row is kept, but for columns that are `hidden`. Unexecuted.
 */
export function auditChange<T extends SQLiteTable>(
  ctx: Context,
  entry: Entry & { table: T; where: SQL | undefined; set?: SQLiteUpdateSetSource<T>; hidden?: string[] },
) {
  const columns = Object.entries(getTableColumns(entry.table)).filter(
    ([key]) => !entry.hidden?.includes(key) && (!entry.set || Reflect.get(entry.set, key) !== undefined),
  );
  const before = columns.map(([, column]) => pair(column, column));
  const after = entry.set && columns.map(([key, column]) => pair(column, stored(Reflect.get(entry.set ?? {}, key))));
  return append(ctx, {
    ...entry,
    before: jsonObject(before),
    after: after ? jsonObject(after) : null,
    from: sql`FROM ${entry.table} WHERE ${entry.where}`,
  });
}

type Row = Entry & { before: SQL | null; after: SQL | string | null; from: SQL };

function append(ctx: Context, { action, target, before, after, from }: Row) {
  const values = {
    timestamp: ctx.clock().getTime(),
    actor: actorLabel(ctx.actor),
    action,
    target,
    before,
    after,
    ip: ctx.ip,
    requestId: ctx.requestId,
  };
  return ctx.db.insert(auditRows).select(selectInto(auditRows, { values, from }));
}

function isSql(value: JsonObject | SQL): value is SQL {
  return 'getSQL' in value;
}

// D1 allows 32 arguments to a function (developers.cloudflare.com/d1/platform/limits): 15 names with their values.
const PAIRS_PER_CALL = 15;

function jsonObject(pairs: Pair[]): SQL {
  let object = sql`'{}'`;
  for (let at = 0; at < pairs.length; at += PAIRS_PER_CALL) {
    const some = pairs.slice(at, at + PAIRS_PER_CALL).map(({ name, value }) => sql`${`$.${name}`}, ${value}`);
    object = sql`json_set(${object}, ${sql.join(some, sql`, `)})`;
  }
  return object;
}

type Pair = { name: string; value: SQL };

/** A column's name and a value of it; what is stored as JSON stays JSON. */
function pair(column: SQLiteColumn, value: unknown): Pair {
  return { name: column.name, value: column.columnType === 'SQLiteTextJson' ? sql`json(${value})` : sql`${value}` };
}

/** A value as the column stores it: times in milliseconds, objects as JSON; SQL computes its own. */
function stored(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null && !('getSQL' in value) ? JSON.stringify(value) : value;
}
