import { TooLargeError } from '../core/errors.ts';

// D1 takes at most 2 MB in one value (developers.cloudflare.com/d1/platform/limits).
const MAX_BYTES = 2_000_000;

/** Rows as one JSON parameter of a statement, whatever their number; `refusal` is for whom they are too many. */
export function jsonParameter(rows: unknown[], refusal: string): string {
  const json = JSON.stringify(rows);
  // A character has at most three bytes in UTF-8, and most batches are far below the limit.
  if (json.length * 3 > MAX_BYTES && new TextEncoder().encode(json).byteLength > MAX_BYTES) {
    throw new TooLargeError(refusal);
  }
  return json;
}
