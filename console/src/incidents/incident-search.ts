/** What the list of incidents shows, as its address says. */
export type IncidentSearch = {
  /** Choices such as `sev1,sev2` or `-sev4`. */
  severity?: string | undefined;
  status?: string | undefined;
  tag?: string | undefined;
  service?: string | undefined;
  assignee?: string | undefined;
  search?: string | undefined;
  /** Left out for those at work. */
  shelf?: 'archived' | 'deleted' | undefined;
  /** Whether the form for a new one is open. */
  new?: true | undefined;
};

export const INCIDENT_TABS = ['notes', 'timeline', 'evidence', 'alerts'] as const;

/** The part of an incident that its page shows. */
export type IncidentTab = (typeof INCIDENT_TABS)[number];
