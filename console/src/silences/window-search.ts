/** What the page of maintenance windows shows, as its address says. */
export type WindowSearch = {
  new?: true | undefined;
  /** The window whose form is open. */
  edit?: number | undefined;
};
