/** What the list of events shows, as its address says. */
export type EventSearch = {
  /** Choices such as `critical,high` or `-low`. */
  severity?: string | undefined;
  source?: string | undefined;
  event_type?: string | undefined;
  search?: string | undefined;
  dedup_key?: string | undefined;
  /** The alert that they raised or joined. */
  alert?: number | undefined;
  /** The silence that suppressed them. */
  silence?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** How long a bar of the histogram is; a day when it is left out. */
  by?: 'hour' | 'week' | undefined;
  /** The event that is shown beside the list. */
  preview?: number | undefined;
};
