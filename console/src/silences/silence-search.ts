import type { SilenceState } from './silence-queries.ts';

/** What the page of silences shows, as its address says. */
export type SilenceSearch = {
  /** Left out for those that are active. */
  state?: SilenceState | undefined;
  /** The maintenance window that they are of. */
  window?: number | undefined;
  new?: true | undefined;
  /** What a new one is for, where it comes from an event. */
  source?: string | undefined;
  event_type?: string | undefined;
  /** The silence whose form is open. */
  edit?: number | undefined;
};
