import { DAY_MS, HOUR_MS } from '../core/clock.ts';
import type { Rule, Weekday } from './recurrence-rule.ts';

/*
 * Recurrences of RFC 5545 on a clock without a zone: a wall time is the milliseconds at which UTC would show it. Each
 * period of the frequency has days, of which those count that pass the rule's tests, and each such day has times.
 * Why this is no library: docs/decisions/0023-a-maintenance-window-plans-silences.md.
 */

const MINUTE_MS = 60_000;

/** So long is looked for occurrences: `BYMONTH=2;BYMONTHDAY=30` never finds one. */
const REACH_MS = 5 * 366 * DAY_MS;

/** The times of a rule from a first one on, which is one only if the rule says so. Ends: after COUNT, UNTIL, or five years. */
export function* timesOf(rule: Rule, { start, until }: { start: number; until: number }): Generator<number> {
  const tests = testsOf(rule, start);
  let count = 0;
  for (let period = 0; ; period++) {
    const from = periodOf(rule, { start, period });
    if (from > Math.min(until, start + REACH_MS)) return;
    const times = daysOf(rule, from)
      .filter(tests)
      .flatMap((day) => timesOfDay(rule, { day, start, from }));
    for (const time of positioned(rule, times)) {
      if (time < start) continue;
      if (time > until || count === rule.count) return;
      count++;
      yield time;
    }
  }
}

/** Where a period begins: a year, month, week, day or hour, so many times the interval after that of the start. */
function periodOf(
  { frequency, interval, weekStart }: Rule,
  { start, period }: { start: number; period: number },
): number {
  const at = new Date(start);
  const [year, month, steps] = [at.getUTCFullYear(), at.getUTCMonth(), interval * period];
  if (frequency === 'YEARLY') return Date.UTC(year + steps, 0, 1);
  if (frequency === 'MONTHLY') return Date.UTC(year, month + steps, 1);
  if (frequency === 'HOURLY') return start - (start % HOUR_MS) + steps * HOUR_MS;
  const today = start - (start % DAY_MS);
  if (frequency === 'DAILY') return today + steps * DAY_MS;
  return today + (steps * 7 - ((at.getUTCDay() - weekStart + 7) % 7)) * DAY_MS;
}

function daysOf({ frequency }: Rule, from: number): number[] {
  const first = from - (from % DAY_MS);
  const [year, month] = [new Date(from).getUTCFullYear(), new Date(from).getUTCMonth()];
  const ends = { YEARLY: Date.UTC(year + 1, 0, 1), MONTHLY: Date.UTC(year, month + 1, 1), WEEKLY: first + 7 * DAY_MS };
  const end = frequency === 'DAILY' || frequency === 'HOURLY' ? first + DAY_MS : ends[frequency];
  return Array.from({ length: (end - first) / DAY_MS }, (_, day) => first + day * DAY_MS);
}

/** Whether a day is one of the rule's. What the rule leaves open is as at the start. */
function testsOf(rule: Rule, start: number): (day: number) => boolean {
  const { frequency } = rule;
  const first = new Date(start);
  const isOpen = rule.monthDays.length === 0 && rule.weekdays.length === 0;
  const ofDate = isOpen && (frequency === 'YEARLY' || frequency === 'MONTHLY');
  const monthDays = ofDate ? [first.getUTCDate()] : rule.monthDays;
  const months = ofDate && frequency === 'YEARLY' && rule.months.length === 0 ? [first.getUTCMonth() + 1] : rule.months;
  const weekdays = isOpen && frequency === 'WEEKLY' ? [{ weekday: first.getUTCDay(), nth: null }] : rule.weekdays;
  const ofYear = frequency === 'YEARLY' && rule.months.length === 0;
  return (day) => {
    const date = new Date(day);
    const [month, of] = [date.getUTCMonth() + 1, date.getUTCDate()];
    const length = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
    if (months.length > 0 && !months.includes(month)) return false;
    if (monthDays.length > 0 && !monthDays.includes(of) && !monthDays.includes(of - length - 1)) return false;
    return weekdays.length === 0 || weekdays.some((weekday) => isWeekday(weekday, { date, ofYear }));
  };
}

/** Whether a day is such a weekday, and the n-th of the month or year, from its end if n is negative. */
function isWeekday({ weekday, nth }: Weekday, { date, ofYear }: { date: Date; ofYear: boolean }): boolean {
  if (date.getUTCDay() !== weekday) return false;
  if (nth === null) return true;
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const [from, to] = ofYear
    ? [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
    : [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  const weeks = (ms: number) => Math.floor(ms / (7 * DAY_MS)) + 1;
  return nth > 0 ? weeks(date.getTime() - from) === nth : weeks(to - DAY_MS - date.getTime()) === -nth;
}

function timesOfDay(rule: Rule, { day, start, from }: { day: number; start: number; from: number }): number[] {
  const at = new Date(start);
  const hourly = rule.frequency === 'HOURLY' ? [new Date(from).getUTCHours()] : undefined;
  const said = rule.hours.length > 0 ? rule.hours : [at.getUTCHours()];
  const hours = hourly?.filter((hour) => rule.hours.length === 0 || rule.hours.includes(hour)) ?? said;
  const minutes = rule.minutes.length > 0 ? rule.minutes : [at.getUTCMinutes()];
  return hours.flatMap((hour) =>
    minutes.map((minute) => day + hour * HOUR_MS + minute * MINUTE_MS + (start % MINUTE_MS)),
  );
}

/** The times of a period in order, or those of them that BYSETPOS picks. */
function positioned({ positions }: Rule, times: number[]): number[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  if (positions.length === 0) return sorted;
  return sorted.filter((_, at) => positions.includes(at + 1) || positions.includes(at - sorted.length));
}
