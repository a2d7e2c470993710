import { and, asc, inArray, lt, lte, max } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Call, Context } from '../core/context.ts';
import { authorize } from './permissions.ts';
import { accountLinks, sessions } from './table.ts';

type Expiring = SQLiteTable & { id: SQLiteColumn; expiresAt: SQLiteColumn };

/**
 * Of each kind a run looks at so many, the oldest, instead of keeping an index: 2,000 rows read when none of them is
 * due, twice as many and 1,000 written when all are. None outlives `SESSION_DAYS` or `LINK_HOURS`, so none is overlooked
 * for longer.
 */
const LOOKED_AT = 1_000;

/**
 * Forgets sessions, invitations and reset links that have expired. The audit log keeps who began and ended what. What was
 * ended early stays until then: a session says from which address its owner is known.
 */
export async function forgetExpired({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'credential.forget');
  await ctx.db.batch([deleteExpired(ctx, sessions), deleteExpired(ctx, accountLinks)]);
}

/** The newest stays: SQLite would give its id again, which tokens and the audit log name. */
function deleteExpired({ db, clock }: Context, table: Expiring) {
  const { id, expiresAt } = table;
  const oldest = db.select({ id }).from(table).orderBy(asc(id)).limit(LOOKED_AT);
  const newest = db.select({ id: max(id) }).from(table);
  return db.delete(table).where(and(inArray(id, oldest), lte(expiresAt, clock()), lt(id, newest)));
}
