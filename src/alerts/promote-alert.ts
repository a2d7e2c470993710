import type { Call } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import type { Severity } from '../core/severity.ts';
import { authorize } from '../identity/permissions.ts';
import { requireColleague } from '../identity/require-colleague.ts';
import type { Incident, NewIncident } from '../incidents/contract.ts';
import type { IncidentSeverity } from '../incidents/lifecycle.ts';
import type { AlertWithEvent } from './contract.ts';
import { getAlert } from './get-alert.ts';
import type { Promotion } from './incident-contract.ts';
import { promoteTogether } from './promote-together.ts';

/** Opens an incident of an alert that belongs to none, and links it. What is not given is taken from alert and event. */
export async function promoteAlert({ ctx, input }: Call<{ id: number; given: Promotion }>): Promise<Incident> {
  authorize(ctx.actor, 'alert.triage');
  const { id, given } = input;
  const found = await getAlert({ ctx, input: { id } });
  if (given.assignee) await requireColleague({ ctx, input: { username: given.assignee, pointer: '#/assignee' } });
  const { incident, refused, rule } = await promoteTogether(ctx, {
    ids: [id],
    incident: { ...incidentOf(found), ...given },
  });
  if (incident) return incident;
  const [alert] = refused;
  throw alert ? new ConflictError(rule.refusal(alert)) : new NotFoundError('alert');
}

const MAX_TITLE = 200;
const MAX_SERVICE = 100;

const SEVERITY: Record<Severity, IncidentSeverity> = { critical: 'sev1', high: 'sev2', medium: 'sev3', low: 'sev4' };

/** The incident that an alert makes of itself. */
function incidentOf({ alert, event }: AlertWithEvent): NewIncident {
  const [firstLine = ''] = event.description.trim().split(/[\r\n]/);
  const title = `${event.eventType} on ${event.source}${firstLine && `: ${firstLine}`}`.replaceAll('\t', ' ').trimEnd();
  return {
    title: cut(title, MAX_TITLE),
    description: event.description,
    service: cut(event.source, MAX_SERVICE),
    severity: SEVERITY[alert.severity],
    status: 'open',
    assignee: null,
    tags: [],
  };
}

/** At most so many characters, none of them half. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}
