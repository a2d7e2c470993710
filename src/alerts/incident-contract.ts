import { z } from '@hono/zod-openapi';
import { id, idParams } from '../http/fields.ts';
import { incidentPatch } from '../incidents/contract.ts';

const MAX_LINKS = 100;

/** Ids in a body: 1 to `max`, each of which counts once. */
export function idList(max: number) {
  return z
    .array(z.number().int().positive())
    .min(1)
    .max(max)
    .transform((ids) => [...new Set(ids)])
    .openapi({ type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, maxItems: max });
}

export const promotion = incidentPatch
  .pick({ title: true, description: true, service: true, severity: true, tags: true, assignee: true })
  .openapi('Promotion', { example: { severity: 'sev1', tags: ['ransomware'], assignee: 'admin' } });

export type Promotion = z.output<typeof promotion>;

export const alertLinks = z
  .strictObject({ alert_ids: idList(MAX_LINKS) })
  .openapi('AlertLinks', { example: { alert_ids: [1, 2] } });

const LINK_OUTCOMES = ['linked', 'already_linked', 'in_another_incident', 'not_found'] as const;

const linkResult = z.strictObject({
  id: z.number().int(),
  outcome: z.enum(LINK_OUTCOMES),
  detail: z.string().optional().openapi({ description: 'Which other incident.' }),
});

export type LinkResult = z.output<typeof linkResult>;

export const linkResults = z
  .strictObject({
    linked: z.number().int().openapi({ description: 'How many were linked by this request.' }),
    results: z.array(linkResult).openapi({ description: 'Each alert once, in the order given.' }),
  })
  .openapi('LinkResults');

export function viewLinks(results: LinkResult[]): z.output<typeof linkResults> {
  return { linked: results.filter(({ outcome }) => outcome === 'linked').length, results };
}

export const linkParams = z.strictObject({
  ...idParams.shape,
  alert_id: id.openapi({ example: 1, description: 'The id of the alert.' }),
});
