/** Thrown where a change was waited for that has been taken back. */
export class Withdrawn extends Error {}

type Held = { release: () => void };

const held = new Set<Held>();

// Who leaves the page has made up their mind.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const { release } of held) release();
});

/** Waits so long before something is done that cannot be undone. `withdraw` ends the wait with `Withdrawn`. */
export function hold(ms: number): { until: Promise<void>; withdraw: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const entry = { release: resolve };
  const timer = setTimeout(resolve, ms);
  held.add(entry);
  const until = promise.finally(() => {
    clearTimeout(timer);
    held.delete(entry);
  });
  return { until, withdraw: () => reject(new Withdrawn()) };
}
