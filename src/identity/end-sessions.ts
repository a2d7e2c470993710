import { and, eq, isNull, ne, type SQL } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { forgetPerson } from './known-people.ts';
import { authorize } from './permissions.ts';
import { requirePerson } from './require-person.ts';
import { sessions } from './table.ts';

/** Which of one's own sessions: one by id, the one that is asking, or all. */
type Which = { which: number | 'current' | 'all' };

/** Ends sessions of the person who is asking. Their access tokens stop with the next request (`check-session.ts`). */
export async function endSessions({ ctx, input }: Call<Which>): Promise<void> {
  authorize(ctx.actor, 'self.change');
  const { userId, username, sessionId } = requirePerson(ctx);
  const { which } = input;
  if (which === 'current' && sessionId === null) {
    throw new ConflictError('Your token is of another issuer: sign out there.');
  }
  const id = which === 'current' ? (sessionId ?? 0) : which;
  const ended = await ctx.db.batch(
    revokeSessions(ctx, { userId, username, where: id === 'all' ? undefined : eq(sessions.id, id) }),
  );
  forgetPerson(userId);
  if (typeof which === 'number' && ended[1].length === 0) throw new NotFoundError('session');
}

type Revoke = { userId: number; username: string; where?: SQL | undefined };

/** The statements that end sessions of a person, all unless a condition says which. Unexecuted. */
export function revokeSessions(ctx: Context, { userId, username, where }: Revoke) {
  const open = and(eq(sessions.userId, userId), isNull(sessions.revokedAt), where);
  const set = { revokedAt: ctx.clock() };
  return [
    auditChange(ctx, { table: sessions, where: open, set, action: 'session.revoke', target: `user:${username}` }),
    ctx.db.update(sessions).set(set).where(open).returning({ id: sessions.id }),
  ] as const;
}

/** All sessions but the one that is asking. */
export function othersThan(sessionId: number | null): SQL | undefined {
  return sessionId === null ? undefined : ne(sessions.id, sessionId);
}
