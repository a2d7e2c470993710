import { HOUR_MS } from '../core/clock.ts';
import { GRIDS, startOfBucket } from './range.ts';
import { type Slice, slicesOf } from './slices.ts';

/** Ages by the hours of the clock that have begun since: from so many hours on. */
const AGES = {
  under_1_hour: 0,
  '1_to_4_hours': 1,
  '4_to_24_hours': 4,
  '1_to_7_days': 24,
  over_7_days: 7 * 24,
} as const;

export type Age = keyof typeof AGES;

export const AGE_NAMES = Object.keys(AGES) as Age[];

/** The buckets in which things of each age began. */
export function ageSlices(now: Date): Slice[] {
  const hour = startOfBucket(now.getTime(), GRIDS.hour);
  const endOf = (age: Age) => hour - (AGES[age] - 1) * HOUR_MS;
  return AGE_NAMES.flatMap((label, index) => {
    const older = AGE_NAMES[index + 1];
    return slicesOf({ from: older ? endOf(older) : 0, to: endOf(label) }, { label });
  });
}
