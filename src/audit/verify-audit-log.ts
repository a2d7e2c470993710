import { and, asc, desc, gte, lt, lte } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { type Examination, examineLog } from './examine-log.ts';
import { rowsAfter } from './read-rows.ts';
import type { Evidence, Seal } from './select-statements.ts';
import { readSigningKeys } from './statement.ts';
import { readStatement, statementRanges } from './statement-store.ts';
import { auditSeals } from './table.ts';

// More than one examination looks at, so that it also sees some that should not be there.
const MAX_SEALS = 1_000;

/** Examines the audit log from a row on, and answers where to go on. Its reads are bounded; it writes nothing. */
export async function verifyAuditLog({ ctx, input }: Call<{ from_id: number }>): Promise<Examination> {
  authorize(ctx.actor, 'audit.read');
  const keys = await readSigningKeys(ctx.settings.auditSigningKey);
  const evidence: Evidence = {
    rows: (range) => rowsAfter(ctx.db, range),
    ranges: (from) => rangesAround(ctx, from),
    statement: (range) => readStatement(ctx, range),
    seals: (range) => sealsWithin(ctx, range),
    trusts: (publicKey) => keys.some((key) => key.publicKey === publicKey),
  };
  return examineLog(evidence, { from: input.from_id });
}

/** R2 lists forwards only, so the database says where the statement before this id starts. */
async function* rangesAround(ctx: Context, from: number) {
  const [, before] = await ctx.db
    .select({ firstId: auditSeals.firstId })
    .from(auditSeals)
    .where(lt(auditSeals.firstId, from + 1))
    .orderBy(desc(auditSeals.firstId))
    .limit(2);
  yield* statementRanges(ctx, before?.firstId ?? 1);
}

function sealsWithin({ db }: Context, { from, to }: { from: number; to: number }): Promise<Seal[]> {
  const within = and(gte(auditSeals.firstId, from), lte(auditSeals.firstId, to));
  return db.select().from(auditSeals).where(within).orderBy(asc(auditSeals.firstId)).limit(MAX_SEALS);
}
