import { and, asc, gt, lte, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db } from '../db/client.ts';
import type { StoredRow } from './digest.ts';
import { auditRows } from './table.ts';

/** Rows of one query: a few hundred KB as a rule, and 25 MB if each held the largest event twice. */
const PAGE = 500;

const asStored = <Value>(column: SQLiteColumn) => sql<Value>`${column}`.as(column.name);

/** The columns as SQLite stores them. Drizzle would parse times and JSON, which need not survive it unchanged. */
export const storedColumns = {
  id: auditRows.id,
  timestamp: asStored<number>(auditRows.timestamp),
  actor: asStored<string>(auditRows.actor),
  action: asStored<string>(auditRows.action),
  target: asStored<string>(auditRows.target),
  before: asStored<string | null>(auditRows.before),
  after: asStored<string | null>(auditRows.after),
  ip: asStored<string | null>(auditRows.ip),
  requestId: asStored<string>(auditRows.requestId),
};

/** The rows after an id, in id order, read page by page while they are asked for. */
export async function* rowsAfter(db: Db, { after, to }: { after: number; to: number }): AsyncGenerator<StoredRow> {
  for (let last = after; ; ) {
    const page: StoredRow[] = await db
      .select(storedColumns)
      .from(auditRows)
      .where(and(gt(auditRows.id, last), lte(auditRows.id, to)))
      .orderBy(asc(auditRows.id))
      .limit(PAGE);
    yield* page;
    last = page.at(-1)?.id ?? last;
    if (page.length < PAGE) return;
  }
}
