import { count, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from './client.ts';
import type { Columns } from './columns.ts';
import type { PageSource } from './page.ts';
import type { Scan } from './seek.ts';

/** All rows of a table for which this holds. */
export function rowsOf(table: SQLiteTable, where: SQL | undefined): SQL {
  return sql`SELECT * FROM ${table} ${where && sql`WHERE ${where}`}`;
}

type Merging = { selects: SQL[]; order: SQL; window: number };

/**
 * The first `window` rows of these SELECTs as a subquery, to be read through an alias of their table that is named
 * `scanned`. SQLite merges lazily, when each is in list order by its index: a page reads a page's rows.
 */
export function firstOf({ selects, order, window }: Merging): SQL {
  return sql`(${sql.join(selects, sql` UNION ALL `)} ORDER BY ${order} LIMIT ${window}) AS scanned`;
}

type Sorting<Row, Cursor> = {
  /** The first `window` rows in list order, by `firstOf`. */
  scan: (window: number) => SQL;
  /** What no index answers: tested row by row within the window. */
  tests: SQL | undefined;
  /** The columns of `scanned`. */
  columns: Columns<Row>;
  cursorOf: (row: Row) => Cursor;
};

/** The source of a list over one table in any order, of which `cursorOf` makes cursors. */
export function sortedRows<Row, Cursor>(
  db: Db,
  { scan, tests, columns, cursorOf }: Sorting<Row, Cursor>,
): PageSource<Row, Cursor> {
  return {
    cursorOf,
    tested: tests !== undefined,
    rows: async ({ window, limit, offset }) => {
      const where = tests && sql`WHERE ${tests}`;
      const rows = await db.values<unknown[]>(
        sql`SELECT ${columns.names} FROM ${scan(window)} ${where} LIMIT ${limit} OFFSET ${offset}`,
      );
      return rows.map((cells) => columns.rowOf(cells));
    },
    lastScanned: async (window) => {
      const [last] = await db.values<unknown[]>(
        sql`SELECT ${columns.names} FROM ${scan(window)} LIMIT 1 OFFSET ${window - 1}`,
      );
      return last && cursorOf(columns.rowOf(last));
    },
    count: (window) => {
      const matches = sql<number>`count(*) FILTER (WHERE ${tests ?? sql`true`})`;
      return db.select({ scanned: count(), matches }).from(scan(window));
    },
  };
}

type ById<Row> = Scan & {
  table: SQLiteTable;
  /** What no index answers, of the alias `scanned` of the table. */
  tests?: SQL | undefined;
  columns: Columns<Row>;
};

/** The source of a list over one table by id, within the bounds of a scan. */
export function rowsById<Row extends { id: number }>(
  db: Db,
  { table, bounds, order, tests, columns }: ById<Row>,
): PageSource<Row> {
  const scan = (window: number) => firstOf({ selects: [rowsOf(table, bounds)], order, window });
  return sortedRows(db, { scan, tests, columns, cursorOf: ({ id }) => id });
}
