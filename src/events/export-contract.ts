import type { z } from '@hono/zod-openapi';
import { exportQueryOf } from '../http/export-query.ts';
import { linesOf } from '../http/export-text.ts';
import { checkListQuery } from '../http/pagination.ts';
import { eventQuery, viewEvent } from './contract.ts';

export const eventExportQuery = exportQueryOf(eventQuery).superRefine(checkListQuery);

export type EventExportQuery = z.output<typeof eventExportQuery>;

export const EVENT_COLUMNS = [
  'id',
  'timestamp',
  'occurred_at',
  'source',
  'event_type',
  'severity',
  'description',
  'attributes',
  'dedup_key',
  'external_id',
  'sensor_id',
  'origin_country',
  'origin_asn',
  'origin_colo',
  'alert_id',
  'silence_id',
] as const;

/** How events become the lines of a file. */
export function eventLines(format: EventExportQuery['format']) {
  return linesOf({
    format,
    view: viewEvent,
    columns: EVENT_COLUMNS,
    flatten: ({ attributes, origin, ...event }) => ({
      ...event,
      attributes: JSON.stringify(attributes),
      origin_country: origin.country,
      origin_asn: origin.asn,
      origin_colo: origin.colo,
    }),
  });
}
