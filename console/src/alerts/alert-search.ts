/** What the list of alerts shows, as its address says. */
export type AlertSearch = {
  /** Choices such as `critical,high` or `-low`, as `kit/choices.ts` reads them. */
  severity?: string | undefined;
  status?: string | undefined;
  source?: string | undefined;
  event_type?: string | undefined;
  assignee?: string | undefined;
  marks?: string | undefined;
  /** Text within the events that raised them. */
  search?: string | undefined;
  dedup_key?: string | undefined;
  incident?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The alert that is shown beside the list. */
  preview?: number | undefined;
};

/** What an alert may be besides its fields, and the filter of the API that asks for it. */
export const ALERT_MARKS = {
  unassigned: { label: 'Unassigned', filter: 'assigned', means: false },
  flapping: { label: 'Flapping', filter: 'flapping', means: true },
  late: { label: 'Target missed', filter: 'breached', means: true },
} as const;

export type AlertMark = keyof typeof ALERT_MARKS;
export const ALERT_MARK_NAMES = Object.keys(ALERT_MARKS) as AlertMark[];
