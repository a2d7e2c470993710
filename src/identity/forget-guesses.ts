import { lte } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from './permissions.ts';
import { guesses } from './table.ts';

/** Forgets counts of wrong guesses whose window is over. */
export async function forgetGuesses({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'guess.forget');
  await ctx.db.delete(guesses).where(lte(guesses.expiresAt, ctx.clock()));
}
