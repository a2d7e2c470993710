import { and, eq, gte, lte, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '../db/client.ts';
import { storedColumnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import type { AuditQuery } from './contract.ts';
import type { StoredRow } from './digest.ts';
import { auditRows } from './table.ts';

const scanned = alias(auditRows, 'scanned');
const columns = storedColumnsOf<StoredRow>(scanned);

/** A page of audit rows, along the primary key: filters look at 5,000 rows a page at most. */
export async function readAuditPage(db: Db, query: AuditQuery): Promise<Page<StoredRow>> {
  const scan = await scanOf(db, { table: auditRows, time: auditRows.timestamp, query });
  return readPage<StoredRow>(query, rowsById(db, { table: auditRows, ...scan, tests: tests(query), columns }));
}

/** What no index answers: tested row by row within the window. */
function tests({ actor, action, target, request_id, from, to }: AuditQuery): SQL | undefined {
  return and(
    actor ? eq(scanned.actor, actor) : undefined,
    action ? eq(scanned.action, action) : undefined,
    target ? eq(scanned.target, target) : undefined,
    request_id ? eq(scanned.requestId, request_id) : undefined,
    from && gte(scanned.timestamp, from),
    to && lte(scanned.timestamp, to),
  );
}
