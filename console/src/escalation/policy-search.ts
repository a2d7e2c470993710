/** What the page of escalation policies shows, as its address says. */
export type PolicySearch = {
  new?: true | undefined;
  /** The policy whose form is open. */
  edit?: number | undefined;
  /** Whether the trial is open. */
  try?: true | undefined;
};
