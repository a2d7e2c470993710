import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { exportText } from '../http/export-text.ts';
import { authorize } from '../identity/permissions.ts';
import { type EventExportQuery, eventLines } from './export-contract.ts';
import { listEvents } from './list-events.ts';

/** The events of a list as text, a page at a time. The export is written into the audit log before it starts. */
export async function exportEvents({ ctx, input }: Call<EventExportQuery>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'event.read');
  await auditEvent(ctx, { action: 'event.export', target: 'events', after: { ...input } });
  const { format, ...filters } = input;
  return exportText(eventLines(format), (place: { cursor: number | undefined; limit: number }) =>
    listEvents({ ctx, input: { ...filters, ...place } }),
  );
}
