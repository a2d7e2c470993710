import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Person } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { Db } from '../db/client.ts';
import { recallPerson, rememberPerson } from './known-people.ts';
import { NO_PASSWORD } from './password.ts';
import { sessions, users } from './table.ts';

type Check = { db: Db; clock: Clock; settings: Settings; sessionId: number };

/**
 * The person whose session this is, with the role of today; null when it has ended or the account is disabled.
 * One query per session, isolate and ten seconds.
 */
export async function checkSession({ db, clock, settings, sessionId }: Check): Promise<Person | null> {
  const now = clock();
  const credentials = `session:${sessionId}`;
  const recalled = recallPerson(credentials, now);
  if (recalled) return recalled;

  const open = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now), eq(users.disabled, false));
  const [user] = await db
    .select({
      id: users.id,
      username: users.username,
      role: users.role,
      totpEnabledAt: users.totpEnabledAt,
      passwordHash: users.passwordHash,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), open));
  if (!user) return null;
  const { id: userId, username, role } = user;
  // Whom another issuer signs in is asked for a second factor there.
  const hasFactor = user.totpEnabledAt !== null || user.passwordHash === NO_PASSWORD;
  const mustEnrolTotp = settings.adminTotpRequired && role === 'admin' && !hasFactor;
  return rememberPerson(credentials, { person: { role, userId, username, sessionId, mustEnrolTotp }, now });
}
