import { timeParam } from './search-params.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far a report reaches at most, as the API says. */
export const MAX_RANGE_MS = 366 * DAY_MS;

/** They begin with a whole hour or day, so that charts by those count what the figures beside them count. */
export const LASTS = {
  '24h': { label: '24 hours', ms: DAY_MS, wholeMs: HOUR_MS },
  '7d': { label: '7 days', ms: 7 * DAY_MS, wholeMs: HOUR_MS },
  '30d': { label: '30 days', ms: 30 * DAY_MS, wholeMs: DAY_MS },
} as const;

export type Last = keyof typeof LASTS;
export const LAST_NAMES = Object.keys(LASTS) as Last[];

/** A range of time as an address says it: the last so long, or an own one; nothing for what is usual. */
export type RangeSearch = { last?: Last | undefined; from?: string | undefined; to?: string | undefined };

/** The last so long until now, or from one time to another. */
export type Range = { last: Last } | { from: string; to: string };

/** Reads a range out of an address. One that no report could be made of is left out. */
export function rangeParams(raw: Record<string, unknown>): RangeSearch {
  const [from, to] = [timeParam(raw, 'from'), timeParam(raw, 'to')];
  const long = from && to ? Date.parse(to) - Date.parse(from) : 0;
  if (long > 0 && long <= MAX_RANGE_MS) return { from, to };
  return { last: LAST_NAMES.find((last) => last === raw.last) };
}

export function rangeOf({ last, from, to }: RangeSearch, usual: Last): Range {
  return from && to ? { from, to } : { last: last ?? usual };
}

/** A range in milliseconds, as it is now. */
export function boundsOf(range: Range): [from: number, to: number] {
  if ('from' in range) return [Date.parse(range.from), Date.parse(range.to)];
  const now = Date.now();
  const { ms, wholeMs } = LASTS[range.last];
  return [Math.floor((now - ms) / wholeMs) * wholeMs, now];
}

export type Interval = 'hour' | 'day' | 'week';

const INTERVAL_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };

/** How finely a range is cut when nobody says: as finely as makes at most so many bars. */
export function usualInterval(range: Range, mostBars: number): Interval {
  const [from, to] = boundsOf(range);
  const fits = (interval: Interval) => (to - from) / INTERVAL_MS[interval] <= mostBars;
  return (['hour', 'day'] as const).find(fits) ?? 'week';
}
