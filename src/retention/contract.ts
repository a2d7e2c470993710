import { z } from '@hono/zod-openapi';
import { rfc3339 } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { eventObjects } from './table.ts';

export type EventObject = typeof eventObjects.$inferSelect;

const day = z.iso.date('must be a day such as 2026-08-01').openapi({ example: '2026-08-01' });

export const eventObjectQuery = z
  .strictObject({
    ...pagingQuery(['moved_at']),
    day: day.optional().openapi({ description: 'The day of the events, UTC.', example: '2026-08-01' }),
  })
  .superRefine(checkListQuery);

export type EventObjectQuery = z.output<typeof eventObjectQuery>;

export const eventObjectView = z
  .strictObject({
    id: z.number().int(),
    day: day.openapi({ description: 'The day of its events, UTC.' }),
    key: z.string().openapi({ description: 'Where it is in the bucket.' }),
    first_id: z.number().int().openapi({ description: 'It holds what was left of the events from this id' }),
    last_id: z.number().int().openapi({ description: 'to this one.' }),
    rows: z.number().int().openapi({ description: 'Events in it.' }),
    kept: z
      .number()
      .int()
      .openapi({ description: 'How many of them `/events` still shows, because alerts show them.' }),
    bytes: z.number().int(),
    sha256: z.string().openapi({ description: 'In hex.' }),
    moved_at: rfc3339,
  })
  .openapi('EventObject', {
    example: {
      id: 12,
      day: '2026-08-01',
      key: 'cold/events/day=2026-08-01/part-190001.parquet',
      first_id: 190001,
      last_id: 200000,
      rows: 10000,
      kept: 206,
      bytes: 537549,
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      moved_at: '2026-10-31T00:05:04.000Z',
    },
  });

export const eventObjectPage = pageOf(eventObjectView).openapi('EventObjectPage');

export function viewEventObject(row: EventObject): z.output<typeof eventObjectView> {
  return {
    id: row.id,
    day: row.day,
    key: row.key,
    first_id: row.firstId,
    last_id: row.lastId,
    rows: row.rows,
    kept: row.kept,
    bytes: row.bytes,
    sha256: row.sha256,
    moved_at: row.movedAt.toISOString(),
  };
}
