import { and, eq, ne, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from './client.ts';

type Numbering = {
  table: SQLiteTable & { id: SQLiteColumn; position: SQLiteColumn };
  /** The row that is moved, and where to. */
  move?: { id: number; position: number } | undefined;
};

/** The statement that numbers rows from 1 without a gap, with one of them moved if it is asked for. Unexecuted. */
export function renumber(db: Db, { table, move }: Numbering) {
  const { id, position } = table;
  // On its way down it comes behind the one that is there, on its way up before it.
  const moved = move && sql`${move.position} + iif(${position} < ${move.position}, 0.5, -0.5)`;
  const place = moved ? sql`iif(${id} = ${move.id}, ${moved}, ${position})` : sql`${position}`;
  const number = sql`row_number() OVER (ORDER BY ${place}, ${id})`.as('number');
  const numbered = db
    .select({ rowId: sql`${id}`.as('row_id'), number })
    .from(table)
    .as('numbered');
  return db
    .update(table)
    .set({ position: sql`${numbered.number}` })
    .from(numbered)
    .where(and(eq(id, numbered.rowId), ne(position, numbered.number)));
}
