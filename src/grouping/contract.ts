import { z } from '@hono/zod-openapi';
import { line, rfc3339 } from '../http/fields.ts';
import { fieldName, matchers } from '../http/matchers.ts';
import type { groupingRules } from './table.ts';

export const MAX_RULES = 100;
export const PREVIEW_EVENTS = 1_000;
export const PREVIEW_GROUPS = 100;

const HOUR_S = 3_600;
const WEEK_S = 7 * 24 * HOUR_S;

const fields = z
  .array(fieldName)
  .min(1)
  .max(10)
  .refine((names) => new Set(names).size === names.length, 'must not name a field twice')
  .openapi({ description: 'Events that agree in all of these are one problem.' });

const said = {
  name: line(100),
  matchers: matchers.openapi({ description: 'Which events it is for; all, if there are none. Every one must hold.' }),
  fields,
  window_seconds: z
    .number()
    .int()
    .min(60)
    .max(WEEK_S)
    .openapi({ description: 'An alert takes further events until none came for so long. A minute to a week.' }),
  enabled: z.boolean(),
};

const EXAMPLE = {
  name: 'One alert per host',
  matchers: [{ field: 'event_type', op: 'eq' as const, value: 'scan' }],
  fields: ['source', 'attributes.host'],
};

export const newRule = z
  .strictObject({
    ...said,
    matchers: said.matchers.default([]),
    window_seconds: said.window_seconds.default(HOUR_S),
    enabled: said.enabled.default(true),
  })
  .openapi('NewGroupingRule', { example: EXAMPLE });

export type NewRule = z.output<typeof newRule>;

export const rulePatch = z
  .strictObject({
    ...said,
    position: z.number().int().min(1).max(MAX_RULES).openapi({ description: 'Its place among the rules, from 1.' }),
  })
  .partial()
  .openapi('GroupingRulePatch', { example: { position: 1, window_seconds: 900 } });

export type RulePatch = z.output<typeof rulePatch>;

export const ruleView = z
  .strictObject({
    id: z.number().int(),
    name: z.string(),
    position: z.number().int().openapi({ description: 'Of the rules that hold for an event, the first one counts.' }),
    matchers,
    fields: z.array(z.string()),
    window_seconds: z.number().int(),
    enabled: z.boolean(),
    created_by: z.string(),
    created_at: rfc3339,
    updated_at: rfc3339,
  })
  .openapi('GroupingRule');

export const ruleList = z.strictObject({ data: z.array(ruleView) }).openapi('GroupingRuleList');

export const trial = z
  .strictObject({ matchers: said.matchers.default([]), fields })
  .openapi('GroupingTrial', { example: { matchers: EXAMPLE.matchers, fields: EXAMPLE.fields } });

export type Trial = z.output<typeof trial>;

export const previewView = z
  .strictObject({
    events: z.number().int().openapi({ description: 'How many were looked at.' }),
    matching: z.number().int().openapi({ description: 'Those of them that the rule would be for.' }),
    group_count: z.number().int(),
    groups: z
      .array(
        z.strictObject({
          values: z.record(z.string(), z.string().nullable()).openapi({
            description: 'What they agree in. Null: they have no such field.',
            example: { source: 'sensor-1', 'attributes.host': null },
          }),
          events: z.number().int(),
        }),
      )
      .openapi({ description: `The largest first, ${PREVIEW_GROUPS} at most.` }),
  })
  .openapi('GroupingPreview');

export type Preview = z.output<typeof previewView>;

export type GroupingRule = typeof groupingRules.$inferSelect;

export function viewRule(rule: GroupingRule): z.output<typeof ruleView> {
  return {
    id: rule.id,
    name: rule.name,
    position: rule.position,
    matchers: rule.matchers,
    fields: rule.fields,
    window_seconds: rule.windowSeconds,
    enabled: rule.enabled,
    created_by: rule.createdBy,
    created_at: rule.createdAt.toISOString(),
    updated_at: rule.updatedAt.toISOString(),
  };
}
