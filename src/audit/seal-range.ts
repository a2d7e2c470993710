import type { Context } from '../core/context.ts';
import { rangeDigest } from './digest.ts';
import { rowsAfter } from './read-rows.ts';
import { type Claims, readSigningKeys, signStatement } from './statement.ts';
import { writeStatement } from './statement-store.ts';
import type { auditSeals } from './table.ts';

/** Rows under one seal. Their hashes make a statement of at most 175 KB. */
const RANGE = 5_000;

/** Where the chain goes on: behind this row, from this digest. */
export type ChainEnd = { lastId: number; digest: string };

export type NewSeal = typeof auditSeals.$inferInsert;
export type SealedRange = { seal: Omit<NewSeal, 'sealedAt'>; hashes: string[] };

/**
 * Digests the rows behind the end of the chain: as far as they follow each other without a gap, at most 5,000 and up
 * to `to`. Null when there are none.
 */
export async function digestRange(
  { db }: Context,
  { end, to = Number.MAX_SAFE_INTEGER }: { end: ChainEnd; to?: number },
): Promise<SealedRange | null> {
  const range = rangeDigest(end.digest);
  const hashes: string[] = [];
  let firstId: number | undefined;
  for await (const row of rowsAfter(db, { after: end.lastId, to })) {
    firstId ??= row.id;
    if (row.id !== firstId + hashes.length) break;
    hashes.push(range.add(row));
    if (hashes.length === RANGE) break;
  }
  if (firstId === undefined) return null;
  const lastId = firstId + hashes.length - 1;
  return { seal: { firstId, lastId, previousDigest: end.digest, digest: range.digest() }, hashes };
}

/** Signs what a seal says and keeps it in R2. */
export async function publishSeal(ctx: Context, { seal, hashes }: SealedRange & { seal: NewSeal }): Promise<void> {
  const said: Claims = {
    version: 1,
    first_id: seal.firstId,
    last_id: seal.lastId,
    previous_digest: seal.previousDigest,
    digest: seal.digest,
    sealed_at: seal.sealedAt.toISOString(),
    rows: hashes,
  };
  const [key] = await readSigningKeys(ctx.settings.auditSigningKey);
  if (key) await writeStatement(ctx, await signStatement(said, key));
}
