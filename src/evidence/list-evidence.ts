import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import { getIncident } from '../incidents/get-incident.ts';
import type { Evidence, EvidenceQuery } from './contract.ts';
import { evidence } from './table.ts';

const scanned = alias(evidence, 'scanned');
const columns = columnsOf(scanned);

/** A page of the files of an incident, newest first unless asked otherwise, along the index on the incident. */
export async function listEvidence({ ctx, input }: Call<EvidenceQuery & { id: number }>): Promise<Page<Evidence>> {
  authorize(ctx.actor, 'incident.read');
  const { id: incidentId, ...query } = input;
  await getIncident({ ctx, input: { id: incidentId } });
  const scan = await scanOf(ctx.db, { table: evidence, time: evidence.createdAt, query });
  const bounds = and(eq(evidence.incidentId, incidentId), scan.bounds);
  const tests = eq(scanned.state, 'stored');
  return readPage<Evidence>(query, rowsById(ctx.db, { table: evidence, ...scan, bounds, tests, columns }));
}
