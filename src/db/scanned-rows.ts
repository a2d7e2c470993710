import { count, type SQL, type Subquery, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import type { PageSource } from './page.ts';

type Scanning<Scanned> = {
  /** The first `window` rows in list order, as a subquery. */
  scan: (window: number) => Scanned;
  /** What no index answers: tested row by row within the window. */
  tests: (scanned: Scanned) => SQL | undefined;
};

/** The source of a list over one table, by id. `Row` is what a row of the subquery is. */
export function scannedRows<Row extends { id: number }, Scanned extends Subquery>(
  db: Db,
  scanning: Scanning<Scanned>,
): PageSource<Row> {
  return sortedRows(db, { ...scanning, cursorOf: ({ id }: Row) => id });
}

type Sorting<Row, Cursor> = { cursorOf: (row: Row) => Cursor };

/** The source of a list over one table in any order, of which `cursorOf` makes cursors. */
export function sortedRows<Row, Cursor, Scanned extends Subquery>(
  db: Db,
  { scan, tests, cursorOf }: Scanning<Scanned> & Sorting<Row, Cursor>,
): PageSource<Row, Cursor> {
  return {
    cursorOf,
    tested: tests(scan(1)) !== undefined,
    rows: async ({ window, limit, offset }) => {
      const scanned = scan(window);
      const rows = await db.select().from(scanned).where(tests(scanned)).limit(limit).offset(offset);
      return rows as Row[];
    },
    lastScanned: async (window) => {
      const [last] = await db
        .select()
        .from(scan(window))
        .limit(1)
        .offset(window - 1);
      return last && cursorOf(last as Row);
    },
    count: (window) => {
      const scanned = scan(window);
      const matches = sql<number>`count(*) FILTER (WHERE ${tests(scanned) ?? sql`true`})`;
      return db.select({ scanned: count(), matches }).from(scanned);
    },
  };
}
