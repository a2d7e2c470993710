import type { AlertWithEvent } from '../alerts/contract.ts';
import { listAlerts } from '../alerts/list-alerts.ts';
import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import type { Page } from '../db/page.ts';
import type { Evidence } from '../evidence/contract.ts';
import { listEvidence } from '../evidence/list-evidence.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import type { Note } from '../notes/contract.ts';
import { listNotes } from '../notes/list-notes.ts';
import type { Incident } from './contract.ts';
import { getIncident } from './get-incident.ts';
import { listTimeline } from './list-timeline.ts';
import type { Entry } from './timeline-contract.ts';

export const MAX_PARTS = 500;

/** All that a report of an incident says. */
export type Report = {
  incident: Incident;
  alerts: Page<AlertWithEvent>;
  notes: Page<Note>;
  files: Page<Evidence>;
  timeline: Page<Entry>;
  printedBy: string;
  printedAt: Date;
};

/** An incident with its parts, the first 500 of each, for a report; which is written into the audit log. */
export async function printIncident({ ctx, input }: Call<{ id: number }>): Promise<Report> {
  authorize(ctx.actor, 'incident.read');
  const { id } = input;
  const incident = await getIncident({ ctx, input });
  const first = { limit: MAX_PARTS, sort_order: 'asc' } as const;
  await auditEvent(ctx, { action: 'incident.print', target: `incident:${id}`, after: {} });
  const [alerts, notes, files, timeline] = await Promise.all([
    listAlerts({ ctx, input: { ...first, incident: id } }),
    listNotes({ ctx, input: { ...first, incidentId: id } }),
    listEvidence({ ctx, input: { ...first, id } }),
    listTimeline({ ctx, input: { ...first, id, cursor: undefined } }),
  ]);
  return { incident, alerts, notes, files, timeline, printedBy: requirePerson(ctx).username, printedAt: ctx.clock() };
}
