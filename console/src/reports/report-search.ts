import {
  boundsOf,
  type Interval,
  type Range,
  type RangeSearch,
  rangeParams,
  usualInterval,
} from '../kit/range-search.ts';

/** What the reports show, as their address says. */
export type ReportSearch = RangeSearch & {
  /** How finely time is cut; left out for what suits the range. */
  by?: Interval | undefined;
};

/** How many days each interval reaches, as the API says. */
const MOST_DAYS = { hour: 31, day: 366, week: 366 };
/** So many can be read one by one, in a table beside their chart. */
const MOST_BARS = 75;
const DAY_MS = 86_400_000;

export const INTERVALS = Object.keys(MOST_DAYS) as Interval[];

export function reportParams(raw: Record<string, unknown>): ReportSearch {
  return { ...rangeParams(raw), by: INTERVALS.find((interval) => interval === raw.by) };
}

/** The intervals that a range can be cut into. */
export function intervalsOf(range: Range): Interval[] {
  const [from, to] = boundsOf(range);
  return INTERVALS.filter((interval) => to - from <= MOST_DAYS[interval] * DAY_MS);
}

/** The interval that was asked for, if the range can be cut so. */
export function intervalOf({ by }: ReportSearch, range: Range): Interval {
  return intervalsOf(range).find((interval) => interval === by) ?? usualInterval(range, MOST_BARS);
}
