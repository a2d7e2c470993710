import { durationText } from '../kit/duration-text.ts';

/** How often a sensor has to post. */
export function intervalText(seconds: number | null): string {
  return seconds === null ? 'Not watched' : durationText(seconds);
}
