import type { Schemas } from '../api/schema.ts';
import { type Alert, VERDICTS, type Verdict } from './alert-values.ts';

/** What people do to alerts, in the words of the API. */
export type TriageChange =
  | { action: 'acknowledge' }
  | { action: 'resolve'; verdict: Verdict }
  | { action: 'assign'; assignee: string | null };

/** Makes alerts part of an incident: one that is there, or a new one. */
export type Promotion = { incident_id: number } | { incident: Schemas['NewIncident'] };

/** What a change sets, as the screen shows it before the server has answered. */
export function patchOf(change: TriageChange, by: string): Partial<Alert> {
  const at = new Date().toISOString();
  switch (change.action) {
    case 'acknowledge':
      return { status: 'acknowledged', acknowledged_at: at, acknowledged_by: by };
    case 'resolve':
      return { status: 'resolved', verdict: change.verdict, resolved_at: at, resolved_by: by };
    case 'assign':
      return { assignee: change.assignee };
  }
}

/** Why a change cannot be done to an alert as it is; nothing when it can. */
export function refusalOf(change: TriageChange, alert: Alert): string | undefined {
  const { id, status, assignee } = alert;
  if (change.action === 'acknowledge') return status === 'open' ? undefined : `Alert ${id} is ${status} already.`;
  if (status === 'resolved') return `Alert ${id} is resolved already.`;
  if (change.action === 'assign' && change.assignee === assignee) {
    return `Alert ${id} is ${assignee ? `assigned to ${assignee}` : 'unassigned'} already.`;
  }
}

/** What was done, as a toast says it of "Alert 17" or "3 alerts". */
export function said(change: TriageChange, what: string): string {
  switch (change.action) {
    case 'acknowledge':
      return `${what} acknowledged`;
    case 'resolve':
      return `${what} resolved: ${VERDICTS[change.verdict].label.toLowerCase()}`;
    case 'assign':
      return change.assignee ? `${what} assigned to ${change.assignee}` : `${what} assigned to nobody`;
  }
}
