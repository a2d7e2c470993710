import { desc } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { log } from '../core/log.ts';
import { authorize } from '../identity/permissions.ts';
import { GENESIS } from './digest.ts';
import { type ChainEnd, digestRange, publishSeal } from './seal-range.ts';
import { statementSchema } from './statement.ts';
import type { Range } from './statement-key.ts';
import { readStatement, statementRanges } from './statement-store.ts';
import { auditSeals } from './table.ts';

// A run that finds more leaves it to the next one: 100,000 rows every five minutes.
const MAX_SEALS = 20;

type Seal = typeof auditSeals.$inferSelect;

/**
 * Seals the rows that no seal covers yet. Each seal is stored in the database first, where its first id is unique, so
 * that of two runs at once only one goes on; then it is signed into R2. A run that dies in between leaves one seal
 * unsigned, and the next run signs it before it seals anything else. Returns how many seals it made.
 */
export async function sealAuditRows({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'audit.seal');
  let end = await endOfChain(ctx);
  for (let made = 0; made < MAX_SEALS; made++) {
    const range = await digestRange(ctx, { end });
    if (!range) return made;
    const seal = { ...range.seal, sealedAt: ctx.clock() };
    const stored = await ctx.db.insert(auditSeals).values(seal).onConflictDoNothing().returning({ id: auditSeals.id });
    // Another run is at it, and does the rest.
    if (stored.length === 0) return made;
    await publishSeal(ctx, { ...range, seal });
    end = seal;
  }
  return MAX_SEALS;
}

/**
 * The end of the signed chain. It is read from R2, where whoever changes the database cannot write: seals that were
 * removed or rewritten there do not lead the chain astray. The newest seal gets its statement here if it has none.
 */
async function endOfChain(ctx: Context): Promise<ChainEnd> {
  const [newest, before] = await ctx.db.select().from(auditSeals).orderBy(desc(auditSeals.firstId)).limit(2);
  const last = (await lastRange(ctx, before?.firstId ?? 1)) ?? (await lastRange(ctx, 1));
  const end = last ? await endOf(ctx, last) : { lastId: 0, digest: GENESIS };
  return newest && newest.lastId > end.lastId ? publishLate(ctx, { newest, end }) : end;
}

async function lastRange(ctx: Context, firstId: number): Promise<Range | undefined> {
  let last: Range | undefined;
  for await (const range of statementRanges(ctx, firstId)) last = range;
  return last;
}

async function endOf(ctx: Context, range: Range): Promise<ChainEnd> {
  const statement = statementSchema.parse(JSON.parse((await readStatement(ctx, range)) ?? 'null'));
  return { lastId: statement.last_id, digest: statement.digest };
}

/** Signs a seal that was left unsigned, provided that it is what its rows and the chain say today. */
async function publishLate(ctx: Context, { newest, end }: { newest: Seal; end: ChainEnd }): Promise<ChainEnd> {
  const range = await digestRange(ctx, { end, to: newest.lastId });
  if (range?.seal.digest !== newest.digest || range.seal.lastId !== newest.lastId) {
    log.error('a seal of the audit log does not fit its rows', { first_id: newest.firstId, last_id: newest.lastId });
    return end;
  }
  await publishSeal(ctx, { ...range, seal: { ...range.seal, sealedAt: newest.sealedAt } });
  return range.seal;
}
