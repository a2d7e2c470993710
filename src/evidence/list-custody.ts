import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { auditRows, isOfIncident } from '../audit/table.ts';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { CustodyEntry, CustodyQuery } from './contract.ts';
import { evidenceTarget, getEvidence } from './get-evidence.ts';

const columns = columnsOf(alias(auditRows, 'scanned'), ['id', 'timestamp', 'actor', 'action', 'after']);

/**
 * Who had a file in their hands, and when: what the audit log says of it, along its index on the target, oldest first
 * unless asked otherwise.
 */
export async function listCustody({ ctx, input }: Call<CustodyQuery & { id: number }>): Promise<Page<CustodyEntry>> {
  authorize(ctx.actor, 'incident.read');
  const { id, ...query } = input;
  const target = evidenceTarget(await getEvidence({ ctx, input: { id } }));
  const scan = await scanOf(ctx.db, { table: auditRows, time: auditRows.timestamp, query });
  const bounds = and(eq(auditRows.target, target), isOfIncident, scan.bounds);
  return readPage<CustodyEntry>(query, rowsById(ctx.db, { table: auditRows, ...scan, bounds, columns }));
}
