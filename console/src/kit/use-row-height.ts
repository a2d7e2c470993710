import { usePreferences } from '../shell/preferences.ts';

/** Pixels, as the table's header is high. */
export const HEADER_HEIGHT = 32;

const HEIGHTS = { comfortable: 40, compact: 32 };

/** How high a row of a table is, in pixels, by the density that the person chose. */
export function useRowHeight(): number {
  return HEIGHTS[usePreferences().density];
}
