import { and, asc, gt, lte, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { storedColumnsOf } from '../db/columns.ts';
import type { StoredRow } from './digest.ts';
import { auditRows } from './table.ts';

/** Rows of one query: a few hundred KB as a rule, and 25 MB if each held the largest event twice. */
const PAGE = 500;

const columns = storedColumnsOf<StoredRow>(auditRows);

/** The rows after an id, in id order, read page by page while they are asked for. */
export async function* rowsAfter(db: Db, { after, to }: { after: number; to: number }): AsyncGenerator<StoredRow> {
  const { id } = auditRows;
  for (let last = after; ; ) {
    const cells = await db.values<unknown[]>(
      sql`SELECT ${columns.names} FROM ${auditRows} WHERE ${and(gt(id, last), lte(id, to))} ORDER BY ${asc(id)} LIMIT ${PAGE}`,
    );
    const page = cells.map((row) => columns.rowOf(row));
    yield* page;
    last = page.at(-1)?.id ?? last;
    if (page.length < PAGE) return;
  }
}
