import { and, eq, gte, lte, type SQL } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import type { AuditQuery } from './contract.ts';
import type { StoredRow } from './digest.ts';
import { storedColumns } from './read-rows.ts';
import { auditRows } from './table.ts';

/** A page of audit rows, along the primary key: filters look at 5,000 rows a page at most. */
export async function readAuditPage(db: Db, query: AuditQuery): Promise<Page<StoredRow>> {
  const scan = await scanOf(db, { table: auditRows, time: auditRows.timestamp, query });
  return readPage<StoredRow>(
    query,
    scannedRows(db, {
      scan: (window) => scanRows(db, { scan, window }),
      tests: (scanned) => tests(scanned, query),
    }),
  );
}

/** The first `window` rows in list order. */
function scanRows(db: Db, { scan, window }: { scan: Scan; window: number }) {
  return db.select(storedColumns).from(auditRows).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

/** What no index answers: tested row by row within the window. */
function tests(scanned: ReturnType<typeof scanRows>, query: AuditQuery): SQL | undefined {
  return and(
    query.actor ? eq(scanned.actor, query.actor) : undefined,
    query.action ? eq(scanned.action, query.action) : undefined,
    query.target ? eq(scanned.target, query.target) : undefined,
    query.request_id ? eq(scanned.requestId, query.request_id) : undefined,
    query.from && gte(scanned.timestamp, query.from.getTime()),
    query.to && lte(scanned.timestamp, query.to.getTime()),
  );
}
