import { and, eq } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import { getIncident } from '../incidents/get-incident.ts';
import type { Evidence, EvidenceQuery } from './contract.ts';
import { evidence } from './table.ts';

type Input = EvidenceQuery & { id: number };

/** A page of the files of an incident, newest first unless asked otherwise. */
export async function listEvidence({ ctx, input }: Call<Input>): Promise<Page<Evidence>> {
  authorize(ctx.actor, 'incident.read');
  const { id: incidentId, ...query } = input;
  await getIncident({ ctx, input: { id: incidentId } });
  const scan = await scanOf(ctx.db, { table: evidence, time: evidence.createdAt, query });
  return readPage<Evidence>(
    query,
    scannedRows(ctx.db, {
      scan: (window) => scanEvidence(ctx, { scan, incidentId, window }),
      tests: (scanned) => eq(scanned.state, 'stored'),
    }),
  );
}

/** The first `window` rows in list order, along the index on the incident. */
function scanEvidence(
  { db }: Context,
  { scan, incidentId, window }: { scan: Scan; incidentId: number; window: number },
) {
  return db
    .select()
    .from(evidence)
    .where(and(eq(evidence.incidentId, incidentId), scan.bounds))
    .orderBy(scan.order)
    .limit(window)
    .as('scanned');
}
