import { asc, eq } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { groupingRules } from './table.ts';

/** The statement that reads the rules that hold, the first one first. Unexecuted. */
export function selectRules(db: Db) {
  const { enabled, position, id } = groupingRules;
  return db.select().from(groupingRules).where(eq(enabled, true)).orderBy(asc(position), asc(id));
}
