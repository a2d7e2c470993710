/** What the page of sensors shows, as its address says. */
export type SensorSearch = {
  search?: string | undefined;
  /** Only those whose keys work, or only the others. */
  enabled?: boolean | undefined;
  /** The sensor that is shown beside the list. */
  preview?: number | undefined;
  /** Whether the form for a new one is open. */
  new?: true | undefined;
};
