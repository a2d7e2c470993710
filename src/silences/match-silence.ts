import { and, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import { matchesAll, type Subject } from '../core/matcher.ts';
import type { Db } from '../db/client.ts';
import { silences } from './table.ts';

export type Silence = typeof silences.$inferSelect;

/** What is not over, or not told to be. The index needs these words as they are, so nothing of it is bound. */
export const isUntold = sql`announced_at IS NULL`;

/**
 * The statement that reads the silences that last at some time between these, the oldest first. Of those that are over
 * only the ones whose end is to be announced: it waits until nothing that came before it owes an alert. Unexecuted.
 */
export function selectSilences(db: Db, { from, to }: { from: Date; to: Date }) {
  return (
    db
      .select()
      .from(silences)
      .where(and(isUntold, gt(silences.endsAt, from), lte(silences.startsAt, to)))
      // The sign keeps SQLite from reading the whole table for the sake of its order.
      .orderBy(sql`+${silences.id}`)
  );
}

/** The first silence that lasts at this time and whose matchers hold. */
export function silenceOf(silences: Silence[], { subject, at }: { subject: Subject; at: Date }): Silence | undefined {
  return silences.find(
    ({ startsAt, endsAt, matchers }) => startsAt <= at && at < endsAt && matchesAll(matchers, subject),
  );
}

/** The statement that adds to each silence what it suppressed, `counts (silence_id, n)`. Unexecuted. */
export function countSuppressed(db: Db, counts: SQL) {
  return db
    .update(silences)
    .set({ suppressedCount: sql`${silences.suppressedCount} + counts.n` })
    .from(counts)
    .where(eq(silences.id, sql`counts.silence_id`));
}
