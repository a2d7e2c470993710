import type { Summary } from '../reports/report-queries.ts';

type Age = {
  age: keyof Summary['ageing']['open']['high'];
  label: string;
  /** Hours of the clock that have begun since, the newest first: from how many on, and how many it ends before. */
  from: number;
  to: number;
};

const HOUR_MS = 3_600_000;

/** The ages by which the API counts open alerts. */
export const AGES = [
  { age: 'under_1_hour', label: 'This hour', from: 0, to: 1 },
  { age: '1_to_4_hours', label: '1 to 4 hours ago', from: 1, to: 4 },
  { age: '4_to_24_hours', label: '4 to 24 hours ago', from: 4, to: 24 },
  { age: '1_to_7_days', label: '1 to 7 days ago', from: 24, to: 168 },
  { age: 'over_7_days', label: 'Over 7 days ago', from: 168, to: Number.POSITIVE_INFINITY },
] as const satisfies Age[];

/** When alerts of an age were raised, as the filters of their list say it. */
export function ageTimes({ from, to }: Pick<Age, 'from' | 'to'>, asOf: string): { from?: string; to?: string } {
  const nextHour = (Math.floor(Date.parse(asOf) / HOUR_MS) + 1) * HOUR_MS;
  const before = (hours: number) => new Date(nextHour - hours * HOUR_MS).toISOString();
  return { ...(Number.isFinite(to) && { from: before(to) }), ...(from > 0 && { to: before(from) }) };
}
