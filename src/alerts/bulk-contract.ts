import { z } from '@hono/zod-openapi';
import { SEVERITIES } from '../core/severity.ts';
import { severity } from '../events/contract.ts';
import { line, oneOf, username } from '../http/fields.ts';
import { newIncident } from '../incidents/contract.ts';
import { plainFilters, status, verdict } from './contract.ts';
import { idList } from './incident-contract.ts';
import { ALERT_STATUSES } from './lifecycle.ts';

export const MAX_BULK = 1_000;

const ACTIONS = ['acknowledge', 'resolve', 'assign', 'promote'] as const;

const incidentId = z.number().int().positive();

/** A filter in a body: one value, several separated by commas as in a query, or an array. */
function severalOf<Item extends z.ZodType<unknown, string>>(item: Item, values?: readonly string[]) {
  return z
    .union([z.string().transform((text) => text.split(',').map((part) => part.trim())), z.array(z.string())])
    .pipe(z.array(item).min(1).max(100, 'must have at most 100 items'))
    .openapi({
      type: 'array',
      items: { type: 'string', ...(values && { enum: [...values] }) },
      minItems: 1,
      maxItems: 100,
      description: 'An array, or as in a query.',
    });
}

const filter = z
  .strictObject({
    severity: severalOf(severity, SEVERITIES).optional(),
    status: severalOf(status, ALERT_STATUSES).optional(),
    event_type: severalOf(line(100)).optional(),
    not_severity: severalOf(severity, SEVERITIES).optional(),
    not_status: severalOf(status, ALERT_STATUSES).optional(),
    not_source: severalOf(line(200)).optional(),
    not_event_type: severalOf(line(100)).optional(),
    not_assignee: severalOf(username).optional(),
    assigned: z.boolean().optional(),
    incident: incidentId.optional().openapi({ description: 'The id of its incident.' }),
    flapping: z.boolean().optional(),
    breached: z.boolean().optional(),
    ...plainFilters,
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'must have at least one filter')
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['from'], error: 'must not be later than to' });

export type AlertFilter = z.output<typeof filter>;

const fields = z.strictObject({
  action: oneOf(ACTIONS).openapi({ description: 'Any case.' }),
  ids: idList(MAX_BULK).optional(),
  filter: filter.optional().openapi({ description: 'The filters of the list of alerts, at least one of them.' }),
  verdict: verdict.optional().openapi({ description: 'Of `resolve`.' }),
  assignee: username.nullish().openapi({ description: 'Of `assign`, required: a username; null for nobody.' }),
  incident: newIncident.optional().openapi({ description: 'Of `promote`: the incident to open.' }),
  incident_id: incidentId.optional().openapi({ description: 'Of `promote`: an incident that is there already.' }),
});

export const bulkTriage = fields
  .superRefine(checkBulk)
  .openapi('BulkTriage', { example: { action: 'acknowledge', ids: [1, 2, 3] } });

export type BulkTriage = z.output<typeof fields>;

/** The fields that belong to some actions only. */
const OF_ACTION = { verdict: 'resolve', assignee: 'assign', incident: 'promote', incident_id: 'promote' } as const;

function checkBulk(given: BulkTriage, refinement: z.core.$RefinementCtx): void {
  const refuse = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message });
  const { action, ids, filter, assignee, incident, incident_id } = given;
  if (!ids && !filter) refuse('ids', 'is required, or filter');
  if (ids && filter) refuse('filter', 'must not be given together with ids');
  for (const [field, owner] of Object.entries(OF_ACTION)) {
    if (action !== owner && Reflect.get(given, field) !== undefined) refuse(field, `belongs to ${owner} only`);
  }
  if (action === 'assign' && assignee === undefined) refuse('assignee', 'is required; null for nobody');
  if (action !== 'promote') return;
  if (!incident && !incident_id) refuse('incident', 'is required, or incident_id');
  if (incident && incident_id) refuse('incident_id', 'must not be given together with incident');
}

export const bulkResult = z
  .strictObject({
    done: z.number().int(),
    failed: z.number().int(),
    more: z.boolean().openapi({ description: 'Whether further alerts match, or may match, the filter.' }),
    incident_id: z.number().int().nullable().openapi({ description: 'Of `promote`: where they were linked to.' }),
    results: z
      .array(
        z.strictObject({
          id: z.number().int(),
          outcome: z.enum(['done', 'conflict', 'not_found']),
          detail: z.string().optional().openapi({ description: 'Why the state of the alert does not allow it.' }),
        }),
      )
      .openapi({ description: 'Each alert once: in the order given, or newest first by filter.' }),
  })
  .openapi('BulkResult');

export type BulkResult = z.output<typeof bulkResult>;
