/** What the page of channels shows, as its address says. */
export type ChannelSearch = {
  /** Whether the form for a new one is open. */
  new?: true | undefined;
  /** The channel whose form is open. */
  edit?: number | undefined;
};
