import { z } from '@hono/zod-openapi';
import { ALERTING_SEVERITIES } from '../core/severity.ts';
import { line, rfc3339 } from '../http/fields.ts';
import { matchers } from '../http/matchers.ts';
import type { Policy } from './match-policy.ts';
import type { Target } from './table.ts';

export const MAX_POLICIES = 100;

const MINUTE_S = 60;
const DAY_S = 24 * 3_600;

const channelIds = z
  .array(z.number().int().positive())
  .min(1)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, 'must not name a channel twice')
  .openapi({ description: 'Who is told. A channel that is disabled or gone by then is passed over.', example: [1] });

const step = z
  .strictObject({
    after_seconds: z
      .number()
      .int()
      .min(0)
      .max(7 * DAY_S)
      .openapi({ description: 'After the alert was raised. Up to 7 days, and more than the step before.' }),
    channel_ids: channelIds,
  })
  .openapi('EscalationStep');

const steps = z
  .array(step)
  .max(10)
  .superRefine((all, refinement) => {
    all.forEach(({ after_seconds: after }, index) => {
      const before = all[index - 1];
      if (!before || before.after_seconds < after) return;
      const path = [index, 'after_seconds'];
      refinement.addIssue({ code: 'custom', path, message: 'must be more than that of the step before' });
    });
  });

const repeat = z
  .strictObject({
    count: z.number().int().min(0).max(10).openapi({ description: 'How often the steps are gone through again.' }),
    after_seconds: z
      .number()
      .int()
      .min(MINUTE_S)
      .max(7 * DAY_S)
      .openapi({ description: 'From the last step of a round to the first of the next.' }),
  })
  .openapi('EscalationRepeat');

const withinSeconds = z
  .number()
  .int()
  .min(MINUTE_S)
  .max(30 * DAY_S)
  .nullable();

const target = z
  .strictObject({
    acknowledge_seconds: withinSeconds.default(null),
    resolve_seconds: withinSeconds.default(null),
  })
  .superRefine(({ acknowledge_seconds: acknowledge, resolve_seconds: resolve }, refinement) => {
    if (acknowledge === null || resolve === null || acknowledge <= resolve) return;
    refinement.addIssue({
      code: 'custom',
      path: ['resolve_seconds'],
      message: 'must not be less than acknowledge_seconds',
    });
  })
  .openapi('EscalationTarget', { description: 'Within how many seconds, a minute to 30 days. Null: no target.' });

const targets = z.strictObject({ critical: target.optional(), high: target.optional() });

const said = {
  name: line(100),
  matchers: matchers.openapi({ description: 'Which alerts it is for, by the event that raised them; all, if none.' }),
  steps: steps.openapi({ description: 'Who is told while nobody acknowledges. Without any, nobody is.' }),
  repeat,
  targets: targets.openapi({ description: 'By when an alert is to be acknowledged and resolved, by its severity.' }),
  position: z.number().int().min(1).max(MAX_POLICIES).openapi({ description: 'Its place, from 1; default the last.' }),
  enabled: z.boolean().openapi({ description: 'A disabled one takes no new alerts; those that it has go on.' }),
};

const EXAMPLE = {
  name: 'Payments, around the clock',
  matchers: [{ field: 'source', op: 'starts_with' as const, value: 'pay-' }],
  steps: [{ after_seconds: 0, channel_ids: [1] }],
  targets: { critical: { acknowledge_seconds: 300, resolve_seconds: 14_400 } },
};

export const newPolicy = z
  .strictObject({
    ...said,
    matchers: said.matchers.default([]),
    steps: said.steps.default([]),
    repeat: repeat.default({ count: 0, after_seconds: 3_600 }),
    targets: said.targets.default({}),
    position: said.position.optional(),
    enabled: said.enabled.default(true),
  })
  .openapi('NewEscalationPolicy', { example: EXAMPLE });

export type NewPolicy = z.output<typeof newPolicy>;

export const policyPatch = z
  .strictObject(said)
  .partial()
  .openapi('EscalationPolicyPatch', { example: { position: 1, enabled: true } });

export type PolicyPatch = z.output<typeof policyPatch>;

const targetView = z.strictObject({
  acknowledge_seconds: z.number().int().nullable(),
  resolve_seconds: z.number().int().nullable(),
});

export const policyView = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    position: z.number().int().openapi({ description: 'Of the policies that match, the first one counts.' }),
    matchers,
    steps: z.array(z.strictObject({ after_seconds: z.number().int(), channel_ids: z.array(z.number().int()) })),
    gone_channel_ids: z
      .array(z.number().int())
      .openapi({ description: 'Channels of its steps that were deleted since. They are passed over.' }),
    repeat: z.strictObject({ count: z.number().int(), after_seconds: z.number().int() }),
    targets: z.strictObject({ critical: targetView, high: targetView }),
    enabled: z.boolean(),
    created_by: z.string(),
    created_at: rfc3339,
    updated_at: rfc3339,
  })
  .openapi('EscalationPolicy');

export const policyList = z.strictObject({ data: z.array(policyView) }).openapi('EscalationPolicyList');

/** A policy, and which channels of its steps are gone. */
export type ShownPolicy = Policy & { goneChannelIds: number[] };

export function viewPolicy(policy: ShownPolicy): z.output<typeof policyView> {
  return {
    id: policy.id,
    name: policy.name,
    position: policy.position,
    matchers: policy.matchers,
    steps: policy.steps.map((one) => ({ after_seconds: one.afterSeconds, channel_ids: one.channelIds })),
    gone_channel_ids: policy.goneChannelIds,
    repeat: { count: policy.repeatCount, after_seconds: policy.repeatAfterSeconds },
    targets: viewTargets(policy),
    enabled: policy.enabled,
    created_by: policy.createdBy,
    created_at: policy.createdAt.toISOString(),
    updated_at: policy.updatedAt.toISOString(),
  };
}

function viewTargets({ targets: given }: Policy): z.output<typeof policyView>['targets'] {
  const view = (
    { acknowledgeSeconds, resolveSeconds }: Target = { acknowledgeSeconds: null, resolveSeconds: null },
  ) => ({
    acknowledge_seconds: acknowledgeSeconds,
    resolve_seconds: resolveSeconds,
  });
  return { critical: view(given.critical), high: view(given.high) };
}

type Given = Pick<PolicyPatch, 'steps' | 'repeat' | 'targets'>;

/** What is said of a policy in objects, as its columns hold it. */
export function columnsFor({ steps: givenSteps, repeat: givenRepeat, targets: givenTargets }: Given) {
  return {
    steps: givenSteps?.map((one) => ({ afterSeconds: one.after_seconds, channelIds: one.channel_ids })),
    repeatCount: givenRepeat?.count,
    repeatAfterSeconds: givenRepeat?.after_seconds,
    targets: givenTargets && storedTargets(givenTargets),
  };
}

function storedTargets(given: z.output<typeof targets>): Policy['targets'] {
  return Object.fromEntries(
    ALERTING_SEVERITIES.flatMap((severity) => {
      const one = given[severity];
      return one
        ? [[severity, { acknowledgeSeconds: one.acknowledge_seconds, resolveSeconds: one.resolve_seconds }]]
        : [];
    }),
  );
}
