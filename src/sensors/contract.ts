import { z } from '@hono/zod-openapi';
import { flag, line, rfc3339 } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { sensorOrigins, sensors } from './table.ts';

// What is seen of a sensor may be half a minute old, so less than a minute between two events cannot be watched.
const expectedInterval = z
  .number()
  .int()
  .min(60)
  .max(604_800)
  .nullable()
  .openapi({
    type: ['integer', 'null'],
    description: 'Seconds between two posts, 60 to 604,800. Silent for longer, it raises an alert. Null: not watched.',
    example: 900,
  });

const watchOrigin = z.boolean().openapi({
  description: 'Whether a new network, or two continents within an hour, raise an alert.',
});

export const newSensor = z
  .strictObject({
    name: line(100),
    expected_interval: expectedInterval.default(null),
    watch_origin: watchOrigin.default(true),
  })
  .openapi('NewSensor', { example: { name: 'branch-office-firewall', expected_interval: 900 } });

export type NewSensor = z.output<typeof newSensor>;

export const sensorPatch = z
  .strictObject({
    name: line(100),
    expected_interval: expectedInterval,
    watch_origin: watchOrigin,
    enabled: z.boolean().openapi({ description: 'False is a pause: its keys are refused until it is true again.' }),
  })
  .partial()
  .openapi('SensorPatch', { example: { expected_interval: 300, enabled: true } });

export type SensorPatch = z.output<typeof sensorPatch>;

export const rotation = z
  .strictObject({
    overlap_hours: z.number().int().min(0).max(168).optional().openapi({
      description: 'How long the key until now keeps working; 0 ends it at once. Left out: what the settings say.',
    }),
  })
  .openapi('Rotation', { example: { overlap_hours: 24 } });

export const sensorView = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    key_prefix: z.string().nullable().openapi({ example: 'ews_Zb3k9Q', description: 'Null once it is revoked.' }),
    enabled: z.boolean(),
    last_seen_at: rfc3339.nullable().openapi({ description: 'When it last posted; up to 30 seconds late.' }),
    expected_interval: z.number().int().nullable().openapi({ description: 'Seconds; null: not watched.' }),
    watch_origin: watchOrigin,
    silent: z.boolean().openapi({ description: 'It exceeded its interval and has not posted since.' }),
    accepted: z.number().int().openapi({ description: 'Events stored. Counters are up to 30 seconds late.' }),
    duplicates: z.number().int().openapi({ description: 'Events that were stored before.' }),
    rejected: z.number().int().openapi({ description: 'Invalid events of batches.' }),
    created_at: rfc3339,
    previous_key_until: rfc3339.nullable().openapi({ description: 'How long the key before this one works.' }),
  })
  .openapi('Sensor');

export const sensorWithKey = z
  .strictObject({
    ...sensorView.shape,
    key: z.string().openapi({ description: 'Shown this once. Send it as `Authorization: Bearer …`.' }),
  })
  .openapi('SensorWithKey');

export const sensorPage = pageOf(sensorView).openapi('SensorPage');

export const sensorQuery = z
  .strictObject({
    ...pagingQuery(['created_at']),
    enabled: flag.optional().openapi({ description: 'Only those that are, or only those that are not.' }),
    search: line(100).optional().openapi({ description: 'Text within the name, in any case.' }),
  })
  .superRefine(checkListQuery);

export type SensorQuery = z.output<typeof sensorQuery>;

export type Sensor = typeof sensors.$inferSelect;

export function viewSensor(sensor: Sensor): z.output<typeof sensorView> {
  return {
    id: sensor.id,
    name: sensor.name,
    key_prefix: sensor.keyPrefix || null,
    enabled: sensor.enabled,
    last_seen_at: sensor.lastSeenAt?.toISOString() ?? null,
    expected_interval: sensor.expectedInterval,
    watch_origin: sensor.watchOrigin,
    silent: sensor.silentSince !== null,
    accepted: sensor.accepted,
    duplicates: sensor.duplicates,
    rejected: sensor.rejected,
    created_at: sensor.createdAt.toISOString(),
    previous_key_until: sensor.previousKeyUntil?.toISOString() ?? null,
  };
}

export const originList = z
  .strictObject({
    data: z.array(
      z.strictObject({
        asn: z.number().int().openapi({ description: 'The number of the network (autonomous system).', example: 3320 }),
        continent: z.string().nullable().openapi({ example: 'EU' }),
        country: z.string().nullable().openapi({ description: 'The last one.', example: 'DE' }),
        first_seen_at: rfc3339,
        last_seen_at: rfc3339.openapi({ description: 'Up to an hour late.' }),
      }),
    ),
  })
  .openapi('SensorOriginList');

/** A place that a sensor's key was used from: a network on a continent. */
export type SensorOrigin = typeof sensorOrigins.$inferSelect;

export function viewOrigins(origins: SensorOrigin[]): z.output<typeof originList> {
  const data = origins.map(({ asn, continent, country, firstSeenAt, lastSeenAt }) => ({
    asn,
    continent: continent || null,
    country,
    first_seen_at: firstSeenAt.toISOString(),
    last_seen_at: lastSeenAt.toISOString(),
  }));
  return { data };
}
