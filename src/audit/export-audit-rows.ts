import type { Call, Context } from '../core/context.ts';
import { exportText } from '../http/export-text.ts';
import { authorize } from '../identity/permissions.ts';
import { auditEvent } from './audit.ts';
import type { AuditExportQuery } from './contract.ts';
import { auditLines } from './export-line.ts';
import { readAuditPage } from './read-audit-page.ts';
import { auditRows } from './table.ts';

/**
 * The audit log as text, oldest row first, a page at a time: memory does not grow with the log. The export is written
 * into the log before it starts, and ends with that row.
 */
export async function exportAuditRows({ ctx, input }: Call<AuditExportQuery>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'audit.read');
  const entry = { action: 'audit.export', target: 'audit_rows', after: { ...input } };
  const [own] = await auditEvent(ctx, entry).returning({ id: auditRows.id });
  if (!own) throw new Error('the export was not written down');
  return rowsUntil(ctx, { query: input, end: own.id });
}

function rowsUntil({ db }: Context, { query, end }: { query: AuditExportQuery; end: number }): AsyncGenerator<string> {
  const { format, ...filters } = query;
  return exportText(auditLines(format), async (place: { cursor: number | undefined; limit: number }) => {
    const paging = { ...place, page: undefined, sort_by: undefined, sort_order: 'asc' as const };
    const { rows, nextCursor } = await readAuditPage(db, { ...filters, ...paging });
    const isOver = nextCursor === null || nextCursor >= end;
    return { rows: rows.filter(({ id }) => id <= end), nextCursor: isOver ? null : nextCursor };
  });
}
