export const ALERT_STATUSES = ['open', 'acknowledged', 'resolved'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** What an alert turned out to be. */
export const VERDICTS = ['true_positive', 'false_positive', 'benign'] as const;

/** open → acknowledged → resolved; open → resolved; resolved → open, which only an admin's PATCH asks for. */
const NEXT: Record<AlertStatus, readonly AlertStatus[]> = {
  open: ['acknowledged', 'resolved'],
  acknowledged: ['resolved'],
  resolved: ['open'],
};

/** Whether an alert may go from one status to another. Staying is no transition. */
export function canMove(from: AlertStatus, to: AlertStatus): boolean {
  return NEXT[from].includes(to);
}

/** The statuses from which an alert may reach this one. */
export function statusesBefore(to: AlertStatus): AlertStatus[] {
  return ALERT_STATUSES.filter((from) => canMove(from, to));
}
