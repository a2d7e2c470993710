import type { z } from '@hono/zod-openapi';
import { exportQueryOf } from '../http/export-query.ts';
import { linesOf } from '../http/export-text.ts';
import { checkListQuery } from '../http/pagination.ts';
import { alertQuery, viewAlert } from './contract.ts';

export const alertExportQuery = exportQueryOf(alertQuery).superRefine(checkListQuery);

export type AlertExportQuery = z.output<typeof alertExportQuery>;

export const ALERT_COLUMNS = [
  'id',
  'created_at',
  'severity',
  'status',
  'verdict',
  'assignee',
  'incident_id',
  'event_id',
  'source',
  'event_type',
  'description',
  'event_count',
  'first_seen',
  'last_seen',
  'dedup_key',
  'previous_id',
  'recurrences',
  'flapping',
  'acknowledged_at',
  'acknowledged_by',
  'resolved_at',
  'resolved_by',
  'acknowledge_by',
  'acknowledge_breached',
  'resolve_by',
  'resolve_breached',
  'version',
] as const;

/** How alerts become the lines of a file. */
export function alertLines(format: AlertExportQuery['format']) {
  return linesOf({
    format,
    view: viewAlert,
    columns: ALERT_COLUMNS,
    flatten: ({ event, ...alert }) => ({
      ...alert,
      event_id: event.id,
      source: event.source,
      event_type: event.event_type,
      description: event.description,
    }),
  });
}
