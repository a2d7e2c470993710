import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { auditEvent } from './audit.ts';
import type { AuditExportQuery } from './contract.ts';
import { CSV_HEADER, csvOf, ndjsonOf } from './export-line.ts';
import { readAuditPage } from './read-audit-page.ts';
import { auditRows } from './table.ts';

const PAGE = 500;

/**
 * The audit log as text, oldest row first, a page at a time: memory does not grow with the log. The export is written
 * into the log before it starts, and ends with that row.
 */
export async function exportAuditRows({ ctx, input }: Call<AuditExportQuery>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'audit.read');
  const entry = { action: 'audit.export', target: 'audit_rows', after: { ...input } };
  const [own] = await auditEvent(ctx, entry).returning({ id: auditRows.id });
  if (!own) throw new Error('the export was not written down');
  return pages(ctx, { query: input, end: own.id });
}

async function* pages(ctx: Context, { query, end }: { query: AuditExportQuery; end: number }): AsyncGenerator<string> {
  const { format, ...filters } = query;
  if (format === 'csv') yield CSV_HEADER;
  const toText = format === 'csv' ? csvOf : ndjsonOf;
  for (let cursor: number | undefined; ; ) {
    const paging = { limit: PAGE, page: undefined, cursor, sort_by: undefined, sort_order: 'asc' as const };
    const { rows, nextCursor } = await readAuditPage(ctx.db, { ...filters, ...paging });
    const text = rows.filter(({ id }) => id <= end).map(toText);
    if (text.length > 0) yield text.join('');
    if (nextCursor === null || nextCursor >= end) return;
    cursor = nextCursor;
  }
}
