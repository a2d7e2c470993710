import { DAY_MS, HOUR_MS } from '../core/clock.ts';
import { ValidationError } from '../core/errors.ts';

/** From the first millisecond of a bucket to the first after another: `to` is not in it. */
export type Range = { from: number; to: number };

/** How times are cut: every so many milliseconds, counted from a time at which one begins. */
type Grid = { ms: number; origin: number };

type Limits = { grid: Grid; defaultMs: number; maxDays: number };

// The first Monday there was for computers.
const MONDAY = Date.UTC(1970, 0, 5);

export const GRIDS = {
  hour: { ms: HOUR_MS, origin: 0 },
  day: { ms: DAY_MS, origin: 0 },
  week: { ms: 7 * DAY_MS, origin: MONDAY },
} as const satisfies Record<string, Grid>;

/** The start of the bucket that a time lies in. */
export function startOfBucket(time: number, { ms, origin }: Grid): number {
  return Math.floor((time - origin) / ms) * ms + origin;
}

/** The first start of a bucket that is not before a time. */
export function bucketFrom(time: number, { ms, origin }: Grid): number {
  return Math.ceil((time - origin) / ms) * ms + origin;
}

type Asked = { from?: Date | undefined; to?: Date | undefined };

/** The range that was asked for, up to now when nothing else was said, widened to whole buckets. */
export function rangeOf(asked: Asked, { now, grid, defaultMs, maxDays }: Limits & { now: Date }): Range {
  for (const name of ['from', 'to'] as const) {
    const year = asked[name]?.getUTCFullYear() ?? 2000;
    if (year < 2000 || year > 2999) refuse(name, 'must lie within the years 2000 to 2999');
  }
  const to = (asked.to ?? now).getTime();
  const from = asked.from?.getTime() ?? to - defaultMs;
  if (from > to) refuse('from', asked.to ? 'must not be later than to' : 'must not be later than now');
  if (to - from > maxDays * DAY_MS) refuse('from', `must be at most ${maxDays} days before to`);
  return { from: startOfBucket(from, grid), to: bucketFrom(to, grid) };
}

function refuse(parameter: string, detail: string): never {
  throw new ValidationError([{ pointer: `query/${parameter}`, detail }]);
}
