import { and, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { columnsOf, contributions, ROLLUPS, type Rollup } from './rollup.ts';
import { foldedTo } from './watermark.ts';

/*
 * Statements that keep the rollups right when rows change: before the change take away what the rows contribute, after
 * it add what they contribute then, over the same rows and in the same batch; what did not change cancels out. Rows
 * that are not folded yet are passed over: they will be folded as they are by then. All are unexecuted.
 *
 * Of a change that may find its condition broken, `and(eq(id, …), sql`changes() > 0`)` right behind it counts the row
 * only if it was changed.
 */

export function countEvents(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.events, where });
}

export function uncountEvents(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.events, where, negative: true });
}

export function countAlerts(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.alerts, where });
}

/** Counts alerts as they will be: `from` stands in for the table, under its name. */
export function countAlertsOf(db: Db, from: SQL) {
  return correct(db, { rollup: ROLLUPS.alerts, where: undefined, from });
}

export function uncountAlerts(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.alerts, where, negative: true });
}

export function countIncidents(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.incidents, where });
}

export function uncountIncidents(db: Db, where: SQL | undefined) {
  return correct(db, { rollup: ROLLUPS.incidents, where, negative: true });
}

type Correction = { rollup: Rollup; where: SQL | undefined; from?: SQL; negative?: boolean };

function correct(db: Db, { rollup, where, ...rest }: Correction) {
  const isFolded = lte(rollup.source.id, foldedTo(rollup.counted));
  return addCounts(db, { rollup, contributed: contributions(rollup, { where: and(where, isFolded), ...rest }) });
}

/** The statement that adds contributions to a rollup. Unexecuted. */
export function addCounts(db: Db, { rollup, contributed }: { rollup: Rollup; contributed: SQL }) {
  const { key, measures } = columnsOf(rollup);
  const sums = measures.map(([name, column]) => [name, sql`${column} + excluded.${sql.identifier(column.name)}`]);
  return db
    .insert(rollup.table)
    .select(contributed)
    .onConflictDoUpdate({ target: key.map(([, column]) => column), set: Object.fromEntries(sums) });
}
