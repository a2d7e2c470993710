import { and, eq, isNull } from 'drizzle-orm';
import { auditChange, auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { UnauthenticatedError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { forgetPerson } from './known-people.ts';
import { authorize } from './permissions.ts';
import { addressOf, rejectLater } from './record-rejection.ts';
import { newRefreshToken, parseRefreshToken, type RefreshToken } from './refresh-token.ts';
import { personIn, type SignedIn, sessionExpiry } from './session.ts';
import { sessions, users } from './table.ts';

/**
 * Renews a session: the token that came dies and a new one of its family takes its place, in one conditional update.
 * A token of the family that is no longer the current one means that someone copied it: the whole family dies.
 */
export async function refreshSession({ ctx, input }: Call<{ refresh: string }>): Promise<SignedIn> {
  authorize(ctx.actor, 'public');
  const presented = parseRefreshToken(input.refresh);
  const found = presented && (await findSession(ctx, presented));
  if (!presented || !found) throw refused(ctx, addressOf(ctx));

  const now = ctx.clock();
  const { session, user } = found;
  if (session.revokedAt || session.expiresAt <= now || user.disabled) throw refused(ctx, `user:${user.username}`);
  const next = newRefreshToken(presented.family);
  const current = and(eq(sessions.secretHash, presented.secretHash), isNull(sessions.revokedAt));
  const [renewed] = await ctx.db.batch([
    ctx.db
      .update(sessions)
      .set({
        secretHash: next.secretHash,
        refreshedAt: now,
        expiresAt: sessionExpiry(ctx.settings, { now, createdAt: session.createdAt }),
      })
      .where(and(eq(sessions.id, session.id), current))
      .returning({ id: sessions.id }),
    auditInsert(
      { ...ctx, actor: personIn(user, session.id) },
      { action: 'session.refresh', target: `user:${user.username}` },
    ),
  ]);
  if (renewed.length === 0) {
    await revokeFamily(ctx, { sessionId: session.id, user });
    throw refused(ctx, `user:${user.username}`);
  }
  return { user: personIn(user, session.id), sessionId: session.id, refreshToken: next.token };
}

async function findSession(ctx: Context, { familyHash }: RefreshToken) {
  const [found] = await ctx.db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.familyHash, familyHash));
  return found;
}

async function revokeFamily(ctx: Context, { sessionId, user }: { sessionId: number; user: User }) {
  const where = and(eq(sessions.id, sessionId), isNull(sessions.revokedAt));
  const set = { revokedAt: ctx.clock() };
  await ctx.db.batch([
    auditChange(ctx, { table: sessions, where, set, action: 'session.revoke_reused', target: `user:${user.username}` }),
    ctx.db.update(sessions).set(set).where(where),
  ]);
  forgetPerson(user.id);
}

function refused(ctx: Context, target: string) {
  rejectLater(ctx, { action: 'session.refuse_refresh', target });
  return new UnauthenticatedError('The refresh token is not valid. Sign in again.');
}
