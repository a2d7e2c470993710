import { and, eq } from 'drizzle-orm';
import { auditRows, isOfIncident } from '../audit/table.ts';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { CustodyEntry, CustodyQuery } from './contract.ts';
import { evidenceTarget, getEvidence } from './get-evidence.ts';

/** Who had a file in their hands, and when: what the audit log says of it, oldest first unless asked otherwise. */
export async function listCustody({ ctx, input }: Call<CustodyQuery & { id: number }>): Promise<Page<CustodyEntry>> {
  authorize(ctx.actor, 'incident.read');
  const { id, ...query } = input;
  const target = evidenceTarget(await getEvidence({ ctx, input: { id } }));
  const scan = await scanOf(ctx.db, { table: auditRows, time: auditRows.timestamp, query });
  return readPage<CustodyEntry>(
    query,
    scannedRows(ctx.db, {
      scan: (window) => scanRows(ctx, { scan, target, window }),
      tests: () => undefined,
    }),
  );
}

/** The first `window` rows in list order, along the index on the target. */
function scanRows({ db }: Context, { scan, target, window }: { scan: Scan; target: string; window: number }) {
  const { id, timestamp, actor, action, after } = auditRows;
  return db
    .select({ id, timestamp, actor, action, after })
    .from(auditRows)
    .where(and(eq(auditRows.target, target), isOfIncident, scan.bounds))
    .orderBy(scan.order)
    .limit(window)
    .as('scanned');
}
