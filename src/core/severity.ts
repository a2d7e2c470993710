/** Severity of events and alerts, least first: the position is the rank. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Severities that owe an alert: the seeds' rule, "High and Critical". */
export const ALERTING_SEVERITIES = ['high', 'critical'] as const satisfies readonly Severity[];

/** Whether an event of this severity owes an alert. */
export function raisesAlert(severity: Severity): boolean {
  return (ALERTING_SEVERITIES as readonly Severity[]).includes(severity);
}

/** The severities below this one, for updates that may only raise. */
export function severitiesBelow(severity: Severity): Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(severity));
}
