import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import { tryToDropEvidence } from './drop-evidence.ts';
import { evidence } from './table.ts';

/** No upload takes so long. */
const ABANDONED_MS = 3_600_000;
// A run that finds more leaves it to the next one.
const MAX_FILES = 100;

// The literal lets SQLite prove that the partial index applies; a bound parameter would not.
const unsettled = sql`${evidence.state} <> 'stored'`;

/**
 * Removes what uploads that broke off, deletions that failed and purged incidents left behind: the object, then the row.
 * One that cannot be removed is left to the next run. An abandoned upload is given up first, so that it cannot be
 * completed any more. Of an upload in parts only R2 knows; it drops that itself after seven days. Returns how many
 * files it removed.
 */
export async function cleanEvidence({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'evidence.clean');
  const now = ctx.clock();
  const longAgo = new Date(now.getTime() - ABANDONED_MS);
  await ctx.db
    .update(evidence)
    .set({ state: 'deleting', stateSince: now })
    .where(and(unsettled, eq(evidence.state, 'uploading'), lt(evidence.stateSince, longAgo)));
  const left = await ctx.db
    .select({ id: evidence.id, key: evidence.key })
    .from(evidence)
    .where(and(unsettled, eq(evidence.state, 'deleting')))
    .orderBy(asc(evidence.stateSince))
    .limit(MAX_FILES);
  let removed = 0;
  for (const file of left) if (await tryToDropEvidence(ctx, file)) removed += 1;
  if (removed > 0) log.info('evidence was cleaned', { removed });
  return removed;
}
