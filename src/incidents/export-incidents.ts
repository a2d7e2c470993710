import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import type { SortedCursor } from '../db/page.ts';
import { exportText } from '../http/export-text.ts';
import { authorize } from '../identity/permissions.ts';
import { type IncidentExportQuery, incidentLines } from './export-contract.ts';
import { listIncidents } from './list-incidents.ts';

type Place = { cursor: number | SortedCursor | undefined; limit: number };

/** The incidents of a list as text, a page at a time. The export is written into the audit log before it starts. */
export async function exportIncidents({ ctx, input }: Call<IncidentExportQuery>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'incident.read');
  await auditEvent(ctx, { action: 'incident.export', target: 'incidents', after: { ...input } });
  const { format, ...filters } = input;
  return exportText(incidentLines(format), (place: Place) => listIncidents({ ctx, input: { ...filters, ...place } }));
}
