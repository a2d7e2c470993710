import { and, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { groupingRules } from './table.ts';

/** The statement that numbers the rules from 1 without a gap, with one of them moved to another place. Unexecuted. */
export function renumberRules(db: Db, move?: { id: number; position: number }) {
  const { id, position } = groupingRules;
  // On its way down it comes behind the one that is there, on its way up before it.
  const moved = move && sql`${move.position} + iif(${position} < ${move.position}, 0.5, -0.5)`;
  const place = moved ? sql`iif(${id} = ${move.id}, ${moved}, ${position})` : sql`${position}`;
  const number = sql`row_number() OVER (ORDER BY ${place}, ${id})`.as('number');
  const numbered = db
    .select({ ruleId: sql`${id}`.as('rule_id'), number })
    .from(groupingRules)
    .as('numbered');
  return db
    .update(groupingRules)
    .set({ position: sql`${numbered.number}` })
    .from(numbered)
    .where(and(eq(id, numbered.ruleId), ne(position, numbered.number)));
}
