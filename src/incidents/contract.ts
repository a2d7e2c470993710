import { z } from '@hono/zod-openapi';
import { verdict } from '../alerts/contract.ts';
import { line, oneOf, rfc3339, text, username } from '../http/fields.ts';
import { INCIDENT_SEVERITIES, INCIDENT_STATUSES } from './lifecycle.ts';
import type { incidents } from './table.ts';

export const MAX_TAGS = 20;

export const severity = oneOf(INCIDENT_SEVERITIES).openapi({ description: 'sev1 is the worst. Any case.' });

export const status = oneOf(INCIDENT_STATUSES).openapi({ description: 'Any case.' });

export const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._:-]{0,49}$/, 'must be 1 to 50 of a-z 0-9 . _ : - and start with a letter or digit')
  .openapi({ description: 'Kept in lower case.', example: 'ransomware' });

const tags = z
  .array(tag)
  .max(MAX_TAGS)
  .transform((list) => [...new Set(list)].sort())
  .openapi({ type: 'array', items: { type: 'string' }, maxItems: MAX_TAGS });

const fields = {
  title: line(200).openapi({ example: 'Ransomware on the payments cluster' }),
  description: text(20_000).openapi({ description: 'Markdown.' }),
  service: z
    .union([line(100), z.literal('')])
    .openapi({ type: 'string', description: 'What is affected.', example: 'payments' }),
  severity,
  status,
  assignee: username.nullable().openapi({ description: 'Who works on it: a username; null for nobody.' }),
  tags,
};

const EXAMPLE = {
  title: 'Ransomware on the payments cluster',
  description: 'Files of **three** hosts are encrypted.',
  service: 'payments',
  severity: 'sev1',
  tags: ['ransomware'],
};

export const newIncident = z
  .strictObject({
    ...fields,
    description: fields.description.default(''),
    service: fields.service.default(''),
    severity: severity.default('sev3'),
    status: status.default('open'),
    assignee: fields.assignee.default(null),
    tags: tags.default([]),
  })
  .openapi('NewIncident', { example: EXAMPLE });

export type NewIncident = z.output<typeof newIncident>;

const owner = username.openapi({ description: 'Who answers for it. Its owner and admins may hand it on.' });

export const incidentReplacement = z
  .strictObject({
    ...fields,
    description: fields.description.default(''),
    service: fields.service.default(''),
    severity: severity.optional(),
    status: status.optional(),
    assignee: fields.assignee.default(null),
    tags: tags.default([]),
    owner: owner.optional(),
  })
  .openapi('IncidentReplacement', { example: { ...EXAMPLE, status: 'mitigated' } });

export const incidentPatch = z
  .strictObject({ ...fields, owner })
  .partial()
  .openapi('IncidentPatch', { example: { severity: 'sev2', assignee: null } });

export type IncidentPatch = z.output<typeof incidentPatch>;

export const incidentResolution = z
  .strictObject({
    resolve_alerts: z.boolean().optional().openapi({ description: 'Also its open and acknowledged alerts.' }),
    verdict: verdict.optional().openapi({ description: 'Of the alerts; only together with `resolve_alerts`.' }),
  })
  .refine(({ resolve_alerts, verdict }) => resolve_alerts || verdict === undefined, {
    path: ['verdict'],
    error: 'needs resolve_alerts: true',
  })
  .openapi('IncidentResolution', { example: { resolve_alerts: true, verdict: 'true_positive' } });

export const incidentView = z
  .strictObject({
    id: z.number().int(),
    title: z.string(),
    description: z.string(),
    service: z.string(),
    severity: z.enum(INCIDENT_SEVERITIES),
    status: z.enum(INCIDENT_STATUSES),
    owner: z.string(),
    assignee: z.string().nullable(),
    tags: z.array(z.string()),
    created_at: rfc3339,
    updated_at: rfc3339,
    mitigated_at: rfc3339.nullable(),
    resolved_at: rfc3339.nullable(),
    archived_at: rfc3339.nullable(),
    deleted_at: rfc3339.nullable(),
    version: z.number().int().openapi({ description: 'Counts changes; the `ETag` is `"v<version>"`.' }),
  })
  .openapi('Incident');

export type Incident = typeof incidents.$inferSelect;

const shown = (time: Date | null) => time?.toISOString() ?? null;

export function viewIncident(incident: Incident): z.output<typeof incidentView> {
  return {
    id: incident.id,
    title: incident.title,
    description: incident.description,
    service: incident.service,
    severity: incident.severity,
    status: incident.status,
    owner: incident.owner,
    assignee: incident.assignee,
    tags: incident.tags,
    created_at: incident.createdAt.toISOString(),
    updated_at: incident.updatedAt.toISOString(),
    mitigated_at: shown(incident.mitigatedAt),
    resolved_at: shown(incident.resolvedAt),
    archived_at: shown(incident.archivedAt),
    deleted_at: shown(incident.deletedAt),
    version: incident.version,
  };
}
