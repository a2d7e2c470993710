import type { DeliveryKind, DeliveryState } from './delivery-queries.ts';

/** What the list of deliveries shows, as its address says. */
export type DeliverySearch = {
  status?: DeliveryState | undefined;
  /** The id of the channel. */
  channel?: number | undefined;
  kind?: DeliveryKind | undefined;
  /** What they are about: `alert:12`. */
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The delivery that is shown beside the list. */
  preview?: number | undefined;
};
