import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The time that is filled, in milliseconds: it ends at the last full hour, so that a repetition fills the same. */
export type Period = { from: number; to: number };

export function periodOf(days: number): Period {
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  return { from: to - days * DAY, to };
}

/** How busy people and machines are, by hour and weekday in UTC. */
function busyness(hour: number): number {
  const time = new Date(hour);
  const weekend = [0, 6].includes(time.getUTCDay()) ? 0.4 : 1;
  return weekend * (isOfficeHour(hour) ? 1 : time.getUTCHours() >= 6 && time.getUTCHours() < 22 ? 0.6 : 0.3);
}

/** Whether it is between 8 and 18 o'clock. At night people answer later, too. */
export function isOfficeHour(time: number): boolean {
  const hour = new Date(time).getUTCHours();
  return hour >= 8 && hour < 18;
}

/** So many moments of the period, in order: many by day, few by night and at the weekend. */
export function busyMoments(random: Random, { from, to, count }: Period & { count: number }): number[] {
  const reached: number[] = [];
  let total = 0;
  for (let hour = from; hour < to; hour += HOUR) {
    total += busyness(hour);
    reached.push(total);
  }
  const moments = Array.from({ length: count }, () => {
    const hour = firstAbove(reached, random.next() * total);
    return from + hour * HOUR + random.between(0, HOUR - 1);
  });
  return moments.sort((a, b) => a - b);
}

/** The index of the first number above `limit` of numbers in order. */
function firstAbove(numbers: number[], limit: number): number {
  let low = 0;
  for (let high = numbers.length - 1; low < high; ) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
