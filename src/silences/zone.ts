import { DAY_MS } from '../core/clock.ts';

/** The clock of a time zone: between instants and wall times, which are the milliseconds that UTC would show them at. */
export type Zone = { wallOf: (instant: number) => number; instantOf: (wall: number) => number };

/** The zone of an IANA name, by the platform's own tables; nothing when there is none of that name. */
export function zoneOf(name: string): Zone | undefined {
  const format = formatOf(name);
  if (!format) return undefined;
  const offsetAt = (instant: number) => offsetIn(format.formatToParts(instant));
  return {
    wallOf: (instant) => instant + offsetAt(instant),
    // A time that the clock shows twice is the first of the two. One that it skips is taken as if the clock had not been
    // changed yet (RFC 5545, 3.3.5): 02:30 becomes 03:30.
    instantOf: (wall) => {
      const [before, after] = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)];
      const isChanged = offsetAt(wall - before) !== before && offsetAt(wall - after) === after;
      return wall - (isChanged ? after : before);
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** `GMT`, `GMT-03:30` or, of times before clocks agreed, `GMT+00:53:28`. */
function offsetIn(parts: Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}
