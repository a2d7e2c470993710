import type { Call } from '../core/context.ts';
import { randomToken, sha256 } from '../core/digest.ts';
import { authorize } from '../identity/permissions.ts';
import { requirePerson } from '../identity/require-person.ts';
import { liveTickets } from './table.ts';

const GOOD_FOR_MS = 30_000;

export type Ticket = { ticket: string; expiresAt: Date };

/**
 * A ticket that opens one live connection of who is asking. It is no row of the audit log: like an access token it gives
 * nothing that they do not have, and every client takes one each hour.
 */
export async function createTicket({ ctx }: Pick<Call<never>, 'ctx'>): Promise<Ticket> {
  authorize(ctx.actor, 'live.watch');
  const { userId, sessionId } = requirePerson(ctx);
  const ticket = `ewl_${randomToken(32)}`;
  const expiresAt = new Date(ctx.clock().getTime() + GOOD_FOR_MS);
  await ctx.db.insert(liveTickets).values({ tokenHash: sha256(ticket), userId, sessionId, expiresAt });
  return { ticket, expiresAt };
}
