import { and, isNull, lte, or, type SQL } from 'drizzle-orm';
import { deliveries } from './table.ts';

/** SQL for what is to be tried now and nobody is at. */
export function isDue(now: Date): SQL | undefined {
  return and(lte(deliveries.nextAttemptAt, now), isFree(now));
}

/** SQL for what nobody is at. */
export function isFree(now: Date): SQL | undefined {
  return or(isNull(deliveries.leasedUntil), lte(deliveries.leasedUntil, now));
}
