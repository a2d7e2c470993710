import { z } from '@hono/zod-openapi';
import { ALERTING_SEVERITIES } from '../core/severity.ts';
import { attributes } from '../events/contract.ts';
import { line, oneOf, rfc3339 } from '../http/fields.ts';
import { NOTIFICATION_KINDS } from '../notifications/table.ts';

export const trial = z
  .strictObject({
    source: line(200),
    event_type: line(100),
    severity: oneOf(ALERTING_SEVERITIES).openapi({ description: 'Others raise no alert.' }),
    attributes: attributes.default({}),
  })
  .openapi('EscalationTrial', { example: { source: 'pay-gateway-2', event_type: 'intrusion', severity: 'critical' } });

export type Trial = z.output<typeof trial>;

const told = z
  .strictObject({
    id: z.number().int(),
    name: z.string().nullable().openapi({ description: 'Null when it is gone.' }),
    state: z.enum(['enabled', 'disabled', 'gone']).openapi({ description: 'Only an enabled one is told.' }),
  })
  .openapi('ToldChannel');

const policy = z.strictObject({ id: z.number().int(), name: z.string() }).nullable();

const place = {
  step: z.number().int().openapi({ description: 'From 1.', example: 2 }),
  round: z.number().int().openapi({ description: 'From 1; others are repeats.', example: 1 }),
};

const kind = z.enum(NOTIFICATION_KINDS);

export const previewView = z
  .strictObject({
    policy: policy.openapi({ description: 'The first one that matches; null when none does, and nobody is told.' }),
    sends: z
      .array(
        z.strictObject({
          after_seconds: z.number().int().openapi({ description: 'After the alert was raised.' }),
          kind,
          ...place,
          channels: z.array(told),
        }),
      )
      .openapi({ description: 'What is sent while nobody acknowledges, in order.' }),
    targets: z.strictObject({
      acknowledge_seconds: z.number().int().nullable(),
      resolve_seconds: z.number().int().nullable(),
    }),
  })
  .openapi('EscalationPreview');

export type Preview = z.output<typeof previewView>;

const missable = z.strictObject({
  by: rfc3339.nullable().openapi({ description: 'Null: no target.' }),
  missed_at: rfc3339.nullable().openapi({ description: 'The deadline that was missed; null when none was.' }),
});

export const escalationView = z
  .strictObject({
    alert_id: z.number().int(),
    policy: policy.openapi({ description: 'Null when none matched, or it was deleted since.' }),
    started_at: rfc3339.nullable().openapi({ description: 'When its steps began, anew if it was reopened.' }),
    told: z
      .array(
        z.strictObject({
          kind,
          at: rfc3339,
          step: place.step.nullable(),
          round: place.round.nullable(),
          channels: z.array(told),
        }),
      )
      .openapi({ description: 'The last 100 notifications, oldest first, for as long as deliveries are kept.' }),
    next: z
      .strictObject({ at: rfc3339, ...place, channels: z.array(told) })
      .nullable()
      .openapi({ description: 'The step to come; null when there is none.' }),
    targets: z.strictObject({ acknowledge: missable, resolve: missable }),
  })
  .openapi('AlertEscalation');

export type AlertEscalation = z.output<typeof escalationView>;
