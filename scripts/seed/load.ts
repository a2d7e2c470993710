import { SingleBar } from 'cli-progress';
import { getTableColumns, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '../../src/db/client.ts';
import { selectInto } from '../../src/db/select-into.ts';
import { columnsOf } from './columns.ts';

// As JSON in one parameter they stay well below the 2 MB that D1 takes.
const CHUNK = 1_000;

type Rows<Row> = { rows: Row[]; total?: never } | { rows: Iterable<Row>; total: number };
type Load<Row> = { what: string; table: SQLiteTable } & Rows<Row>;

/** Stores rows in their order, and shows how far it is. */
export async function load<Row extends object>(db: Db, { what, table, ...given }: Load<Row>): Promise<void> {
  const bar = new SingleBar({
    format: `${what.padEnd(14)} {bar} {percentage}% | {value}/{total} | {eta} s left`,
    noTTYOutput: true,
  });
  bar.start(given.total ?? given.rows.length, 0);
  for (const chunk of chunksOf(given.rows)) {
    await insertRows(db, { table, rows: chunk });
    bar.increment(chunk.length);
  }
  bar.stop();
}

function* chunksOf<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Inserts rows by one statement with one parameter, whatever their number. */
async function insertRows(db: Db, { table, rows }: { table: SQLiteTable; rows: object[] }): Promise<void> {
  const columns = Object.entries(getTableColumns(table));
  const values = Object.fromEntries(columns.map(([field, { name }]) => [field, sql`value ->> ${name}`]));
  const json = JSON.stringify(rows.map((row) => columnsOf(table, row)));
  await db.insert(table).select(selectInto(table, { values, from: sql`FROM json_each(${json})` }));
}
