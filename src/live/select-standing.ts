import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { UserRole } from '../core/actor.ts';
import type { Settings } from '../core/settings.ts';
import type { Db } from '../db/client.ts';
import { inList } from '../db/in-list.ts';
import { sessions, users } from '../identity/table.ts';

/** Who watches by which session; null for somebody of another issuer, who has none of ours. */
export type Watching = { userId: number; sessionId: number | null };

/** Somebody who may watch, as the database has them now. */
export type Standing = Watching & { username: string; role: UserRole; hasTotp: number };

/** The statement that reads who of these may sign in, with those of these sessions that are open. Unexecuted. */
export function selectStanding(db: Db, { among, now }: { among: Watching[]; now: Date }) {
  const theirs = inList(
    sessions.id,
    among.flatMap(({ sessionId }) => sessionId ?? []),
  );
  const isOpen = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now));
  // Names of their own, since a batch answers objects.
  return db
    .select({
      userId: sql<number>`${users.id}`.as('user_id'),
      sessionId: sql<number | null>`${sessions.id}`.as('session_id'),
      username: users.username,
      role: users.role,
      hasTotp: sql<number>`${users.totpEnabledAt} IS NOT NULL`.as('has_totp'),
    })
    .from(users)
    .leftJoin(sessions, and(theirs, eq(sessions.userId, users.id), isOpen))
    .where(
      and(
        inList(
          users.id,
          among.map(({ userId }) => userId),
        ),
        eq(users.disabled, false),
      ),
    );
}

/** How this watcher stands; undefined when they may not watch any more. */
export function standingOf(
  standings: Standing[],
  { watching, settings }: { watching: Watching; settings: Settings },
): Standing | undefined {
  return standings.find(
    ({ userId, sessionId, role, hasTotp }) =>
      userId === watching.userId &&
      (watching.sessionId === null || watching.sessionId === sessionId) &&
      (hasTotp || role !== 'admin' || !settings.adminTotpRequired || watching.sessionId === null),
  );
}
