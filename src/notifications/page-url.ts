import type { Settings } from '../core/settings.ts';

/** The page of the console at this path (`alerts/12`), for people who were told of it; null when nobody said where it is. */
export function pageUrl({ publicUrl }: Settings, path: string): string | null {
  return publicUrl === '' ? null : `${publicUrl}/${path}`;
}
