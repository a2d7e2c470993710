/**
 * Of two states of a thing the later one, by its version: an answer may still be on its way while the thing is changed.
 * What has no version is always as it was found last.
 */
export function newerOf<Item extends { version?: number }>(known: Item | undefined, found: Item): Item {
  return known && (known.version ?? 0) > (found.version ?? 0) ? known : found;
}
