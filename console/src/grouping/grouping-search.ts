/** What the page of grouping rules shows, as its address says. */
export type GroupingSearch = {
  new?: true | undefined;
  /** The rule whose form is open. */
  edit?: number | undefined;
};
