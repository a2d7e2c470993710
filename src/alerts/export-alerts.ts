import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { exportText } from '../http/export-text.ts';
import { authorize } from '../identity/permissions.ts';
import { type AlertExportQuery, alertLines } from './export-contract.ts';
import { listAlerts } from './list-alerts.ts';

/** The alerts of a list as text, a page at a time. The export is written into the audit log before it starts. */
export async function exportAlerts({ ctx, input }: Call<AlertExportQuery>): Promise<AsyncGenerator<string>> {
  authorize(ctx.actor, 'alert.read');
  await auditEvent(ctx, { action: 'alert.export', target: 'alerts', after: { ...input } });
  const { format, ...filters } = input;
  return exportText(alertLines(format), (place: { cursor: number | undefined; limit: number }) =>
    listAlerts({ ctx, input: { ...filters, ...place } }),
  );
}
