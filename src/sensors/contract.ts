import { z } from '@hono/zod-openapi';
import { line, rfc3339 } from '../http/fields.ts';
import type { sensors } from './table.ts';

export const newSensor = z
  .strictObject({ name: line(100) })
  .openapi('NewSensor', { example: { name: 'branch-office-firewall' } });

export type NewSensor = z.output<typeof newSensor>;

export const sensorView = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    key_prefix: z.string().openapi({ example: 'ews_Zb3k9Q' }),
    enabled: z.boolean(),
    created_at: rfc3339,
  })
  .openapi('Sensor');

export const sensorWithKey = z
  .strictObject({
    ...sensorView.shape,
    key: z.string().openapi({ description: 'Shown this once. Send it as `Authorization: Bearer …`.' }),
  })
  .openapi('SensorWithKey');

export type Sensor = typeof sensors.$inferSelect;

export function viewSensor(sensor: Sensor): z.output<typeof sensorView> {
  return {
    id: sensor.id,
    name: sensor.name,
    key_prefix: sensor.keyPrefix,
    enabled: sensor.enabled,
    created_at: sensor.createdAt.toISOString(),
  };
}
