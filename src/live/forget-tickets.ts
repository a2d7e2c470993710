import { lte } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { liveTickets } from './table.ts';

/** Forgets tickets that nobody used in time. There are few at any time, so they have no index by time. */
export async function forgetTickets({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'credential.forget');
  await ctx.db.delete(liveTickets).where(lte(liveTickets.expiresAt, ctx.clock()));
}
