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
  { scan, tests }: Scanning<Scanned>,
): PageSource<Row> {
  return {
    cursorOf: ({ id }) => id,
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
      return (last as Row | undefined)?.id;
    },
    count: (window) => {
      const scanned = scan(window);
      const matches = sql<number>`count(*) FILTER (WHERE ${tests(scanned) ?? sql`true`})`;
      return db.select({ scanned: count(), matches }).from(scanned);
    },
  };
}
