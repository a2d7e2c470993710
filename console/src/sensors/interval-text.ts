import { formatExactDuration } from '../kit/format-duration.ts';

/** How often a sensor has to post. */
export function intervalText(seconds: number | null): string {
  return seconds === null ? 'Not watched' : formatExactDuration(seconds);
}
