/** Severity of incidents, worst first. */
export const INCIDENT_SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4'] as const;

export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number];

export const INCIDENT_STATUSES = ['open', 'mitigated', 'resolved'] as const;

export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Where an incident lies: a list shows one shelf. */
export const SHELVES = ['active', 'archived', 'deleted'] as const;

export type Shelf = (typeof SHELVES)[number];

/** open → mitigated → resolved; open → resolved; both may be reopened. */
const NEXT: Record<IncidentStatus, readonly IncidentStatus[]> = {
  open: ['mitigated', 'resolved'],
  mitigated: ['resolved', 'open'],
  resolved: ['open'],
};

/** Whether an incident may go from one status to another. Staying is no transition. */
export function canMove(from: IncidentStatus, to: IncidentStatus): boolean {
  return NEXT[from].includes(to);
}

/** The statuses from which an incident may reach this one. */
export function statusesBefore(to: IncidentStatus): IncidentStatus[] {
  return INCIDENT_STATUSES.filter((from) => canMove(from, to));
}
