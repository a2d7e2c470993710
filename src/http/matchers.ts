import { z } from '@hono/zod-openapi';
import { MATCHER_OPS, type Matcher } from '../core/matcher.ts';
import { SEVERITIES } from '../core/severity.ts';
import { line } from './fields.ts';

const PLAIN_FIELDS = ['source', 'event_type', 'severity'];
const ATTRIBUTE = /^attributes(\.[^.\s]{1,100}){1,5}$/;
const LIST_OPS = ['in', 'not_in'];

export const fieldName = line(200)
  .refine((name) => PLAIN_FIELDS.includes(name) || ATTRIBUTE.test(name), {
    error: 'must be source, event_type, severity or attributes. and a path',
  })
  .openapi({ description: '`source`, `event_type`, `severity` or a path such as `attributes.host.name`.' });

const values = z.array(line(200)).min(1).max(100);

const matcher = z
  .strictObject({
    field: fieldName,
    op: z.enum(MATCHER_OPS),
    value: z
      .union([line(200), values])
      .openapi({ description: 'A list for `in` and `not_in`, a text for the others.' }),
  })
  .superRefine(checkValue)
  .openapi('Matcher', { example: { field: 'source', op: 'eq', value: 'sensor-1' } });

function checkValue({ field, op, value }: Matcher, ctx: z.core.$RefinementCtx): void {
  if (LIST_OPS.includes(op) !== Array.isArray(value)) {
    const detail = LIST_OPS.includes(op) ? 'must be a list for this op' : 'must be a text for this op';
    ctx.addIssue({ code: 'custom', path: ['value'], message: detail });
  }
  const isSeverity = (one: string) => (SEVERITIES as readonly string[]).includes(one);
  if (field === 'severity' && !['contains', 'starts_with'].includes(op) && ![value].flat().every(isSeverity)) {
    ctx.addIssue({ code: 'custom', path: ['value'], message: `must be of: ${SEVERITIES.join(', ')}` });
  }
}

/** Which events are meant: those for which every matcher holds. */
export const matchers = z.array(matcher).max(20);
