import { asc, eq, gte, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { events } from '../events/table.ts';
import { eventObjects } from './table.ts';

/** SQL for the id up to which events are in the cold store; 0 while it is empty. */
export function movedTo(): SQL {
  return sql`coalesce((SELECT max(${eventObjects.lastId}) FROM ${eventObjects}), 0)`;
}

/** The object that an event of this id went into, unless it was deleted before. */
export async function objectOf({ db }: Context, eventId: number): Promise<{ id: number } | undefined> {
  const { id, lastId } = eventObjects;
  // Ranges join without a gap: the first that ends at the id or behind it is the one.
  const [object] = await db.select({ id }).from(eventObjects).where(gte(lastId, eventId)).orderBy(asc(lastId)).limit(1);
  return object;
}

/**
 * SQL for whether an event can be deleted without its id being given again: SQLite numbers on from the highest id that
 * it has, and those below this one may be gone to the cold store.
 */
export function leavesIdsTaken(eventId: number): SQL {
  return sql`coalesce((SELECT max(${events.id}) FROM ${events} WHERE ${events.id} <> ${eventId}), 0) >= ${movedTo()}`;
}

/** SQL for whether events of the day of this time, or of a later one, are in the cold store. */
export function isMovedSince(time: SQLWrapper): SQL {
  return sql`EXISTS (SELECT 1 FROM ${eventObjects}
    WHERE ${eventObjects.day} >= strftime('%Y-%m-%d', ${time} / 1000, 'unixepoch'))`;
}

/** SQL for whether all events of a day are still in the database. */
export function isWhole(day: Date): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${eventObjects} WHERE ${eventObjects.day} = ${dayOf(day)})`;
}

/** Refuses to count the events of a day anew when some of them are in the cold store. */
export async function refuseMovedDay({ db }: Context, day: Date): Promise<void> {
  const moved = await db
    .select({ id: eventObjects.id })
    .from(eventObjects)
    .where(eq(eventObjects.day, dayOf(day)))
    .limit(1);
  if (moved.length === 0) return;
  throw new ConflictError('Events of this day are in the cold store, so its counts stay as they are.');
}

/** The day of a time in UTC, as 2026-08-01. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
