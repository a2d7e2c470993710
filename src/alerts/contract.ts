import { z } from '@hono/zod-openapi';
import { SEVERITIES } from '../core/severity.ts';
import { eventView, type ShownEvent, severity, viewEvent } from '../events/contract.ts';
import { flag, id, line, listOf, noneOf, oneOf, rfc3339, timeInput, username } from '../http/fields.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import { ALERT_STATUSES, VERDICTS } from './lifecycle.ts';
import type { alerts } from './table.ts';

/** So many alerts of a key in a day are one problem that comes and goes. */
export const FLAPPING = 3;

export const status = oneOf(ALERT_STATUSES, { ack: 'acknowledged' }).openapi({
  description: 'Any case; `ACK` is `acknowledged`.',
});

export const verdict = oneOf(VERDICTS).openapi({ description: 'What it turned out to be.' });

export const alertView = z
  .strictObject({
    id: z.number().int(),
    event: eventView.openapi({ description: 'The event that raised it.' }),
    severity: z.enum(SEVERITIES).openapi({ description: 'The highest of its events, unless somebody changed it.' }),
    status: z.enum(ALERT_STATUSES),
    verdict: z.enum(VERDICTS).nullable(),
    assignee: z.string().nullable(),
    event_count: z
      .number()
      .int()
      .openapi({ description: 'How many events it gathered: `/alerts/{id}/events` lists them.' }),
    first_seen: rfc3339,
    last_seen: rfc3339,
    dedup_key: z
      .string()
      .nullable()
      .openapi({ description: 'What its events share: their own, or of a grouping rule.' }),
    previous_id: z.number().int().nullable().openapi({ description: 'The alert of the same key before it.' }),
    recurrences: z
      .number()
      .int()
      .openapi({ description: 'Alerts of the same key in the day before it was raised; 100 at most.' }),
    flapping: z.boolean().openapi({ description: `Whether that is ${FLAPPING} or more.` }),
    incident_id: z.number().int().nullable().openapi({ description: 'The incident that it is part of.' }),
    created_at: rfc3339,
    acknowledged_at: rfc3339.nullable(),
    acknowledged_by: z.string().nullable(),
    resolved_at: rfc3339.nullable(),
    resolved_by: z.string().nullable(),
    acknowledge_by: rfc3339.nullable().openapi({ description: 'By when its escalation policy wants it acknowledged.' }),
    acknowledge_breached: z.boolean().openapi({ description: 'Whether that was missed.' }),
    resolve_by: rfc3339.nullable().openapi({ description: 'By when its escalation policy wants it resolved.' }),
    resolve_breached: z.boolean().openapi({ description: 'Whether that was missed.' }),
    version: z.number().int().openapi({ description: 'Counts changes; the `ETag` is `"v<version>"`.' }),
  })
  .openapi('Alert');

export const alertPage = pageOf(alertView).openapi('AlertPage');

/** Filters that are written alike in a query and in a body. */
export const plainFilters = {
  source: line(200).optional().openapi({ description: 'Of its event.' }),
  assignee: username.optional().openapi({ description: 'A username.' }),
  dedup_key: line(200).optional().openapi({ description: 'What its events share, exactly.' }),
  from: timeInput.optional().openapi({ description: 'Raised at or after.' }),
  to: timeInput.optional().openapi({ description: 'Raised at or before.' }),
  search: line(100).optional().openapi({
    description: 'Text within source, event_type or description of its event, in any case.',
  }),
};

/** Filters by what an alert is not. */
const excluded = {
  not_severity: noneOf(severity, { example: 'low,medium' }),
  not_status: noneOf(status, { example: 'resolved' }),
  not_source: noneOf(line(200), { example: 'sensor-1' }),
  not_event_type: noneOf(line(100), { example: 'scan' }),
  not_assignee: noneOf(username, { example: 'admin' }),
};

/** What the list of an incident's alerts can be asked for. */
const listed = {
  ...pagingQuery(['created_at']),
  id: listOf(id, { example: '1,2,3' }).optional(),
  severity: listOf(severity, { example: 'critical' }).optional(),
  event__severity: listOf(severity, { example: 'critical' })
    .optional()
    .openapi({ deprecated: true, description: 'The same as `severity`.' }),
  status: listOf(status, { example: 'open' }).optional(),
  event_type: listOf(line(100), { example: 'scan' }).optional().openapi({ description: 'Of its event.' }),
  ...excluded,
  assigned: flag.optional().openapi({ description: 'Whether somebody works on it.' }),
  flapping: flag.optional().openapi({ description: 'Only those that are, or only those that are not.' }),
  breached: flag.optional().openapi({ description: 'Whether a target of their escalation policy was missed.' }),
  ...plainFilters,
};

export const alertQuery = z
  .strictObject({ ...listed, incident: id.optional().openapi({ description: 'The id of its incident.' }) })
  .superRefine(checkListQuery);

export const incidentAlertsQuery = z.strictObject(listed).superRefine(checkListQuery);

export type AlertQuery = z.output<typeof alertQuery>;

const changes = {
  status: status.optional(),
  severity: severity.optional(),
  verdict: verdict.nullish(),
  assignee: username.nullish().openapi({ description: 'A username; null for nobody.' }),
};

export const alertPatch = z.strictObject(changes).openapi('AlertPatch', { example: { status: 'acknowledged' } });

export type AlertPatch = z.output<typeof alertPatch>;

export const alertReplacement = z
  .strictObject({ ...changes, status })
  .openapi('AlertReplacement', { example: { status: 'acknowledged' } });

export const resolution = z
  .strictObject({ verdict: verdict.optional() })
  .openapi('Resolution', { example: { verdict: 'true_positive' } });

export const assignment = z
  .strictObject({ assignee: username.nullable().openapi({ description: 'A username; null for nobody.' }) })
  .openapi('Assignment', { example: { assignee: 'admin' } });

export type Alert = typeof alerts.$inferSelect;

/** An alert and the event that raised it. */
export type AlertWithEvent = { alert: Alert; event: ShownEvent };

const shown = (time: Date | null) => time?.toISOString() ?? null;

export function viewAlert({ alert, event }: AlertWithEvent): z.output<typeof alertView> {
  return {
    id: alert.id,
    event: viewEvent(event),
    severity: alert.severity,
    status: alert.status,
    verdict: alert.verdict,
    assignee: alert.assignee,
    event_count: alert.eventCount,
    first_seen: alert.firstSeen.toISOString(),
    last_seen: alert.lastSeen.toISOString(),
    dedup_key: alert.dedupKey,
    previous_id: alert.previousId,
    recurrences: alert.recurrences,
    flapping: alert.recurrences >= FLAPPING,
    incident_id: alert.incidentId,
    created_at: alert.createdAt.toISOString(),
    acknowledged_at: shown(alert.acknowledgedAt),
    acknowledged_by: alert.acknowledgedBy,
    resolved_at: shown(alert.resolvedAt),
    resolved_by: alert.resolvedBy,
    acknowledge_by: shown(alert.acknowledgeBy),
    acknowledge_breached: alert.acknowledgeBreachedAt !== null,
    resolve_by: shown(alert.resolveBy),
    resolve_breached: alert.resolveBreachedAt !== null,
    version: alert.version,
  };
}
