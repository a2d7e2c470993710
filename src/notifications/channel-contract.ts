import { z } from '@hono/zod-openapi';
import { email, line, oneOf, rfc3339, text } from '../http/fields.ts';
import type { Channel } from './delivery-lease.ts';
import { CHANNEL_TYPES } from './table.ts';
import { faultOf, VARIABLES } from './template.ts';

export const MAX_CHANNELS = 100;

/** What each type of channel is addressed by. */
export const ADDRESSED_BY = {
  webhook: 'url',
  slack: 'url',
  teams: 'url',
  pagerduty: 'routing_key',
  email: 'to',
} as const;

const address = {
  url: line(2_000)
    .optional()
    .openapi({ description: 'Of a webhook, Slack or Teams channel: https, a host of the public Internet.' }),
  routing_key: z
    .string()
    .regex(/^[A-Za-z0-9]{32}$/, 'must be the 32 letters and digits of an Events API v2 integration')
    .optional()
    .openapi({ description: 'Of a PagerDuty channel: the integration key of its Events API v2 integration.' }),
  to: z
    .array(email)
    .min(1)
    .max(50)
    .refine((list) => new Set(list).size === list.length, 'must not name an address twice')
    .optional()
    .openapi({ description: 'Of an e-mail channel: 1 to 50 addresses. Each sees the others.' }),
};

type Address = { [Field in keyof typeof address]?: unknown };

/** What is wrong with the address of a channel of this type; `needed` says that it must be there. */
export function addressFaults(type: Channel['type'], { given, needed }: { given: Address; needed: boolean }) {
  const right = ADDRESSED_BY[type];
  const fields = Object.keys(address) as (keyof Address)[];
  return fields.flatMap((field) => {
    if (field === right) return needed && given[field] === undefined ? [{ field, detail: 'is required' }] : [];
    return given[field] === undefined ? [] : [{ field, detail: `is not a field of a channel of type ${type}` }];
  });
}

/** Text with variables: which are wrong is known before anything is sent. */
function checkVariables(value: string, refinement: z.core.$RefinementCtx): void {
  const message = faultOf(value);
  if (message) refinement.addIssue({ code: 'custom', message });
}

const template = z
  .strictObject({
    title: line(200).superRefine(checkVariables),
    body: text(2_000).superRefine(checkVariables),
  })
  .openapi('NotificationTemplate', {
    description:
      'The words of a channel: plain text in which `{{alert.severity}}` stands for what a notification knows. What it ' +
      `does not know is empty; a title that comes out empty is the usual one. Variables: ${VARIABLES.join(', ')}.`,
    example: { title: '{{alert.severity}}: {{alert.event_type}}', body: '{{alert.description}}' },
  });

const type = oneOf(CHANNEL_TYPES);

const said = {
  name: line(100),
  template: template.nullable().openapi({ description: 'Null for the words that every notification has of itself.' }),
  enabled: z.boolean().openapi({ description: 'A channel that is not gets nothing, and what was on its way fails.' }),
};

export const newChannel = z
  .strictObject({
    ...said,
    ...address,
    type,
    template: said.template.default(null),
    enabled: said.enabled.default(true),
  })
  .superRefine((given, refinement) => {
    for (const { field, detail } of addressFaults(given.type, { given, needed: true })) {
      refinement.addIssue({ code: 'custom', path: [field], message: detail });
    }
  })
  .openapi('NewChannel', {
    example: { name: 'Security desk', type: 'webhook', url: 'https://hooks.example.com/edgewatch' },
  });

export type NewChannel = z.output<typeof newChannel>;

export const channelPatch = z
  .strictObject({ ...said, ...address })
  .partial()
  .openapi('ChannelPatch', { example: { enabled: true, template: null } });

export type ChannelPatch = z.output<typeof channelPatch>;

export const channelView = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    type: z.enum(CHANNEL_TYPES),
    target: z.string().openapi({
      description: 'What may be seen of its address: the host, the addressees, or the end of the routing key.',
      example: 'hooks.example.com',
    }),
    template: template.nullable(),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable().openapi({ description: 'Set when its receiver disabled it, by 410 Gone.' }),
    created_by: z.string(),
    created_at: rfc3339,
    updated_at: rfc3339,
  })
  .openapi('Channel');

export const channelList = z.strictObject({ data: z.array(channelView) }).openapi('ChannelList');

const secret = z.string().openapi({ example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' });

export const createdChannel = z
  .strictObject({
    ...channelView.shape,
    secret: secret.nullable().openapi({ description: 'What a webhook is signed with, shown this once; else null.' }),
  })
  .openapi('CreatedChannel');

export const rotatedChannel = z
  .strictObject({
    ...channelView.shape,
    secret: secret.openapi({ description: 'The new one, shown this once.' }),
    previous_secret_until: rfc3339.openapi({ description: 'How long the secret before it signs beside it.' }),
  })
  .openapi('RotatedChannel');

export const trial = z
  .strictObject({ type, template: said.template.default(null) })
  .openapi('ChannelTrial', { example: { type: 'slack', template: null } });

export type Trial = z.output<typeof trial>;

export const previewView = z
  .strictObject({
    title: z.string(),
    body: z.string(),
    message: z.record(z.string(), z.unknown()).openapi({
      description: 'The body of the request that would be sent, without keys; of e-mail the subject and both parts.',
    }),
  })
  .openapi('ChannelPreview');

export type Preview = z.output<typeof previewView>;

export function viewChannel(channel: Channel): z.output<typeof channelView> {
  return {
    id: channel.id,
    name: channel.name,
    type: channel.type,
    target: channel.shownTarget,
    template: channel.template,
    enabled: channel.enabled,
    disabled_reason: channel.disabledReason,
    created_by: channel.createdBy,
    created_at: channel.createdAt.toISOString(),
    updated_at: channel.updatedAt.toISOString(),
  };
}
