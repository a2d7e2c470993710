import { and, asc, eq, is, isNull, or, SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import { events } from './table.ts';

const { id, timestamp, source, eventType, severity, attributes, dedupKey, alertState } = events;

/** What decides about the alert of an event. */
const deciding = { id, timestamp, source, eventType, severity, attributes, dedupKey };

/** The statement that reads which of these events owe an alert, in their order. Unexecuted. */
export function selectOwed(db: Db, ids: number[]) {
  return db
    .select(deciding)
    .from(events)
    .where(and(inList(id, ids), eq(alertState, 'pending')))
    .orderBy(asc(id));
}

type Change = { id: number; set: SQLiteUpdateSetSource<typeof events>; at: Date };

/** The same of an event as this change will make it, which lets it owe an alert from then on. Unexecuted. */
export function selectOwing(db: Db, { id: only, set, at }: Change) {
  const changed = Object.entries(deciding).map(([name, column]) => {
    const value: unknown = Reflect.get({ ...set, timestamp: at }, name);
    const becomes = value === undefined ? column : is(value, SQL) ? value : sql.param(value, column);
    return [name, sql`${becomes}`.mapWith(column).as(column.name)];
  });
  return db
    .select(Object.fromEntries(changed) as typeof deciding)
    .from(events)
    .where(and(eq(id, only), or(isNull(alertState), eq(alertState, 'pending'))));
}

export type Owed = Awaited<ReturnType<typeof selectOwed>>[number];
