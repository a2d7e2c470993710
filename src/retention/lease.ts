import { eq, lte, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { retentionLease } from './table.ts';

/**
 * A run of a cron is ended after 15 minutes (developers.cloudflare.com/workers/platform/limits): whoever took the lease
 * longer ago is dead, and writes no object any more.
 */
const DEAD_AFTER_MS = 20 * 60_000;

/** Takes the lease; false when another run has it. Two runs at once would overwrite each other's objects. */
export async function takeLease({ db, clock, requestId: holder }: Context): Promise<boolean> {
  const takenAt = clock();
  const isDead = lte(retentionLease.takenAt, new Date(takenAt.getTime() - DEAD_AFTER_MS));
  const taken = await db
    .insert(retentionLease)
    .values({ id: 1, holder, takenAt })
    .onConflictDoUpdate({ target: retentionLease.id, set: { holder, takenAt }, setWhere: isDead })
    .returning({ id: retentionLease.id });
  return taken.length > 0;
}

/** SQL for whether this run still has the lease. */
export function holdsLease({ requestId }: Context): SQL {
  return sql`EXISTS (SELECT 1 FROM ${retentionLease} WHERE ${retentionLease.holder} = ${requestId})`;
}

export async function releaseLease({ db, requestId }: Context): Promise<void> {
  await db.delete(retentionLease).where(eq(retentionLease.holder, requestId));
}
