import { and, eq, ne } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { describeError, log } from '../core/log.ts';
import type { Evidence } from './contract.ts';
import { evidence } from './table.ts';

type Dropped = Pick<Evidence, 'id' | 'key'>;

/** Removes a file that is not or no longer stored: the object first and the row last, so that no object lacks its row. */
export async function dropEvidence(ctx: Context, { id, key }: Dropped): Promise<void> {
  await ctx.evidence.delete(key);
  await ctx.db.delete(evidence).where(and(eq(evidence.id, id), ne(evidence.state, 'stored')));
}

/** The same, when it need not succeed: what is left is for cron. Answers whether nothing is. */
export async function tryToDropEvidence(ctx: Context, dropped: Dropped): Promise<boolean> {
  try {
    await dropEvidence(ctx, dropped);
    return true;
  } catch (error) {
    log.warn('a file was not removed', { evidence: dropped.id, ...describeError(error) });
    return false;
  }
}
