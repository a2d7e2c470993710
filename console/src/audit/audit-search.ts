/** What the audit log shows, as its address says. */
export type AuditSearch = {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  request_id?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The row that is shown beside the list. */
  preview?: number | undefined;
  /** What is open over the list. */
  open?: 'filter' | 'verify' | undefined;
};

/** The filters that compare a whole text. */
export const TEXT_FILTERS = ['actor', 'action', 'target', 'request_id'] as const;

export const FILTER_NAMES: Record<(typeof TEXT_FILTERS)[number], string> = {
  actor: 'Actor',
  action: 'Action',
  target: 'Target',
  request_id: 'Request',
};
