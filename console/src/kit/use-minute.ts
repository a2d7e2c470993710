import { Store, useStore } from '../core/store.ts';

const HALF_MINUTE_MS = 30_000;

// One clock for all relative times of the page.
const tick = new Store(0);
setInterval(() => tick.set(tick.get() + 1), HALF_MINUTE_MS);

/** Renders the component again every half minute, so that "2 min ago" does not stand still. */
export function useMinute(): void {
  useStore(tick);
}
