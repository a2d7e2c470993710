import { and, eq, gt } from 'drizzle-orm';
import type { Person } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/digest.ts';
import type { Settings } from '../core/settings.ts';
import type { Db } from '../db/client.ts';
import { checkSession } from '../identity/check-session.ts';
import { users } from '../identity/table.ts';
import { liveTickets } from './table.ts';

type Redeem = { db: Db; clock: Clock; settings: Settings; ticket: string };

/**
 * The person to whom this ticket was given, with the role of today, and null when it is not good. It is gone then: of many
 * who bring it at once, one deletes it.
 */
export async function redeemTicket({ db, clock, settings, ticket }: Redeem): Promise<Person | null> {
  const isGood = and(eq(liveTickets.tokenHash, sha256(ticket)), gt(liveTickets.expiresAt, clock()));
  const [redeemed] = await db.delete(liveTickets).where(isGood).returning();
  if (!redeemed) return null;
  const { userId, sessionId } = redeemed;
  return sessionId === null ? findPerson(db, userId) : checkSession({ db, clock, settings, sessionId });
}

/** Somebody of another issuer, who has no session of ours. */
async function findPerson(db: Db, userId: number): Promise<Person | null> {
  const [user] = await db
    .select({ username: users.username, role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.disabled, false)));
  return user ? { ...user, userId, sessionId: null, mustEnrolTotp: false } : null;
}
