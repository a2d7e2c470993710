import { type SQL, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { addCounts } from './counts.ts';
import { contributions, ROLLUPS, type Rollup } from './rollup.ts';
import { watermarks } from './table.ts';
import { foldedTo, inTail, newestId, TAIL } from './watermark.ts';

// A fold writes a row per bucket that it touches, so few rows wait for company; reports read them from the table.
const ENOUGH = 5_000;
const PATIENCE_MS = 15 * 60_000;
// A run that finds more leaves it to the next minute's.
const MAX_CHUNKS = 20;

/**
 * Folds into the rollups what came since the last fold, a table at a time, once enough waits or it has waited long
 * enough. Each chunk is one batch that reads the watermark itself, so that runs which overlap count nothing twice.
 */
export async function foldCounts({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'report.fold');
  for (const { counted, waiting, since } of await readWaiting(ctx)) {
    const isDue = waiting >= ENOUGH || (waiting > 0 && since <= ctx.clock().getTime() - PATIENCE_MS);
    if (!isDue) continue;
    const chunks = Math.min(MAX_CHUNKS, Math.ceil(waiting / TAIL));
    for (let chunk = 0; chunk < chunks; chunk++) await foldChunk(ctx, ROLLUPS[counted]);
  }
}

type Waiting = { counted: Rollup['counted']; waiting: number; since: number };

/** How many ids of each table are above its watermark, and when it was last folded. */
function readWaiting({ db }: Context): Promise<Waiting[]> {
  const selects = Object.values(ROLLUPS).map(
    ({ counted }): SQL => sql`
      SELECT ${counted} AS counted, ${newestId(counted)} - ${foldedTo(counted)} AS waiting, coalesce(
        (SELECT ${watermarks.foldedAt} FROM ${watermarks} WHERE ${watermarks.counted} = ${counted}), 0) AS since`,
  );
  return db.all<Waiting>(sql.join(selects, sql` UNION ALL `));
}

async function foldChunk({ db, clock }: Context, rollup: Rollup): Promise<void> {
  const { counted } = rollup;
  const lastId = sql`min(${foldedTo(counted)} + ${TAIL}, ${newestId(counted)})`;
  const foldedAt = clock();
  await db.batch([
    addCounts(db, { rollup, contributed: contributions(rollup, { where: inTail(rollup) }) }),
    db
      .insert(watermarks)
      .values({ counted, lastId, foldedAt })
      .onConflictDoUpdate({ target: watermarks.counted, set: { lastId, foldedAt } }),
  ]);
}
