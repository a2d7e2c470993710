import { z } from '@hono/zod-openapi';
import { isJsonObject, type JsonObject, jsonBytes, nestsWithin } from '../core/json.ts';
import { SEVERITIES } from '../core/severity.ts';
import { id, line, listOf, noneOf, oneOf, rfc3339, text, timeInput } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { events } from './table.ts';

export const MAX_BATCH_EVENTS = 1000;
export const MAX_ATTRIBUTES_BYTES = 16 * 1024;
// SQLite refuses JSON nested deeper than 1,000; an event has no use for more than a few levels.
export const MAX_ATTRIBUTES_DEPTH = 32;

export const severity = oneOf(SEVERITIES).openapi({ description: 'Any case: `HIGH`, `High` and `high` are one.' });

export const attributes = z
  .custom<JsonObject>(isJsonObject, 'must be an object')
  .refine((value) => nestsWithin(value, MAX_ATTRIBUTES_DEPTH), `must nest at most ${MAX_ATTRIBUTES_DEPTH} deep`)
  .refine((value) => !nestsWithin(value, MAX_ATTRIBUTES_DEPTH) || jsonBytes(value) <= MAX_ATTRIBUTES_BYTES, {
    error: `must have at most ${MAX_ATTRIBUTES_BYTES} bytes as JSON`,
  })
  .openapi({ type: 'object', additionalProperties: true, description: 'Anything else that is known; at most 16 KB.' });

const fields = {
  source: line(200).openapi({ description: 'What saw it. `source_name` is accepted too.', example: 'sensor-1' }),
  event_type: line(100).openapi({ example: 'scan' }),
  severity,
  description: text(4000).openapi({ example: 'Port scan detected' }),
  occurred_at: timeInput.openapi({ description: 'When it happened, by the clock of the sensor.' }),
  attributes,
  dedup_key: line(200).openapi({ description: 'Events of one problem share it.' }),
};

/** Accepts the seeds' `source_name` for `source`; the types stay those of the schema. */
function spelled<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((input) => {
    if (!isJsonObject(input) || !('source_name' in input) || 'source' in input) return input;
    const { source_name: source, ...rest } = input;
    return { ...rest, source };
  }, schema) as unknown as z.ZodType<z.output<Schema>, z.input<Schema>>;
}

const SCAN = { source: 'sensor-1', event_type: 'scan', severity: 'critical', description: 'Port scan detected' };

export const newEvent = spelled(
  z
    .strictObject({
      ...fields,
      description: fields.description.default(''),
      occurred_at: fields.occurred_at.nullish(),
      attributes: fields.attributes.default({}),
      dedup_key: fields.dedup_key.nullish(),
      external_id: line(200).nullish().openapi({
        description: "The poster's own id of the event. Sent again, it answers the event that was stored first.",
      }),
    })
    .openapi('NewEvent', {
      example: { ...SCAN, attributes: { ports: [22, 80, 443] }, external_id: 'scan-2026-11-21-1' },
    }),
);

export type NewEvent = z.output<typeof newEvent>;

export const eventReplacement = spelled(
  z
    .strictObject({
      ...fields,
      description: fields.description.default(''),
      occurred_at: fields.occurred_at.nullable().default(null),
      attributes: fields.attributes.default({}),
      dedup_key: fields.dedup_key.nullable().default(null),
    })
    .openapi('EventReplacement', { example: { ...SCAN, severity: 'high' } }),
);

export type EventReplacement = z.output<typeof eventReplacement>;

export const eventPatch = spelled(
  z
    .strictObject({
      ...fields,
      occurred_at: fields.occurred_at.nullable(),
      dedup_key: fields.dedup_key.nullable(),
    })
    .partial()
    .openapi('EventPatch', { example: { severity: 'high', attributes: { ports: null, confirmed: true } } }),
);

export type EventPatch = z.output<typeof eventPatch>;

const EVENT = {
  id: 1,
  source: 'sensor-1',
  event_type: 'scan',
  severity: 'critical',
  description: 'Port scan detected',
  timestamp: '2026-11-21T09:30:00.000Z',
  occurred_at: '2026-11-21T09:29:58.000Z',
  attributes: { ports: [22, 80, 443] },
  dedup_key: null,
  external_id: 'scan-2026-11-21-1',
  sensor_id: 3,
  origin: { country: 'DE', asn: 3320, colo: 'FRA' },
  alert_id: 1,
  silence_id: null,
};

export const eventView = z
  .strictObject({
    id: z.number().int(),
    source: z.string(),
    event_type: z.string(),
    severity: z.enum(SEVERITIES),
    description: z.string(),
    timestamp: rfc3339.openapi({ description: 'When Edgewatch took it in.' }),
    occurred_at: rfc3339.nullable(),
    attributes: z.record(z.string(), z.unknown()),
    dedup_key: z.string().nullable(),
    external_id: z.string().nullable(),
    sensor_id: z.number().int().nullable(),
    origin: z.strictObject({
      country: z.string().nullable(),
      asn: z.number().int().nullable(),
      colo: z.string().nullable(),
    }),
    alert_id: z.number().int().nullable().openapi({ description: 'The alert that it raised or joined.' }),
    silence_id: z.number().int().nullable().openapi({ description: 'The silence that kept it from raising one.' }),
  })
  .openapi('Event', { example: EVENT });

export const eventPage = pageOf(eventView).openapi('EventPage');

/** What the list of an alert's events can be asked for. */
const listed = {
  ...pagingQuery(['timestamp']),
  id: listOf(id, { example: '1,2,3' }).optional(),
  source: line(200).optional().openapi({ description: 'What saw it, exactly.' }),
  source_name: line(200).optional().openapi({ deprecated: true, description: 'The same as `source`.' }),
  event_type: listOf(line(100), { example: 'scan' }).optional(),
  severity: listOf(severity, { example: 'high,critical' }).optional(),
  not_source: noneOf(line(200), { example: 'sensor-1' }),
  not_event_type: noneOf(line(100), { example: 'scan' }),
  not_severity: noneOf(severity, { example: 'low,medium' }),
  from: timeInput.optional().openapi({ description: 'Taken in at or after.' }),
  to: timeInput.optional().openapi({ description: 'Taken in at or before.' }),
  search: line(100).optional().openapi({ description: 'Text within source, event_type or description, in any case.' }),
};

export const eventQuery = z
  .strictObject({
    ...listed,
    alert: id.optional().openapi({ description: 'The id of the alert that they raised or joined.' }),
    silence: id.optional().openapi({ description: 'The id of the silence that suppressed them.' }),
    dedup_key: line(200).optional().openapi({ description: 'What events of one problem share, exactly.' }),
  })
  .superRefine(checkListQuery);

export const alertEventsQuery = z.strictObject(listed).superRefine(checkListQuery);

export type AlertEventsQuery = z.output<typeof alertEventsQuery>;

export type EventQuery = z.output<typeof eventQuery>;

export const batchResult = z
  .strictObject({
    accepted: z.number().int().openapi({ description: 'Events stored.' }),
    duplicates: z.number().int().openapi({ description: 'Events that were stored before, by `external_id`.' }),
    rejected: z.array(
      z.strictObject({
        index: z.number().int().openapi({ description: 'Position in the array, or line, from 0.' }),
        errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
      }),
    ),
  })
  .openapi('BatchResult', { example: { accepted: 2, duplicates: 0, rejected: [] } });

export type StoredEvent = typeof events.$inferSelect;

/** The columns of an event that its view shows. */
export const SHOWN = [
  'id',
  'timestamp',
  'source',
  'eventType',
  'severity',
  'description',
  'occurredAt',
  'attributes',
  'dedupKey',
  'externalId',
  'sensorId',
  'origin',
  'alertId',
  'silenceId',
] as const;

export type ShownEvent = Pick<StoredEvent, (typeof SHOWN)[number]>;

export function viewEvent(event: ShownEvent): z.output<typeof eventView> {
  return {
    id: event.id,
    source: event.source,
    event_type: event.eventType,
    severity: event.severity,
    description: event.description,
    timestamp: event.timestamp.toISOString(),
    occurred_at: event.occurredAt?.toISOString() ?? null,
    attributes: event.attributes,
    dedup_key: event.dedupKey,
    external_id: event.externalId,
    sensor_id: event.sensorId,
    origin: { country: event.origin.country, asn: event.origin.asn, colo: event.origin.colo },
    alert_id: event.alertId,
    silence_id: event.silenceId,
  };
}
