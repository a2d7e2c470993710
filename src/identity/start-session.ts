import { eq } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import type { User } from './contract.ts';
import { forgiveGuess } from './guesses.ts';
import { newRefreshToken } from './refresh-token.ts';
import { personIn, type SignedIn, sessionExpiry } from './session.ts';
import { sessions, users } from './table.ts';

type Start = { user: Pick<User, 'id' | 'username' | 'role'>; userAgent: string | null };

/** Starts a session of somebody who has proved who they are. */
export async function startSession(ctx: Context, { user, userAgent }: Start): Promise<SignedIn> {
  const now = ctx.clock();
  const { token, familyHash, secretHash } = newRefreshToken();
  const expiresAt = sessionExpiry(ctx.settings, { now, createdAt: now });
  const times = { createdAt: now, refreshedAt: now, expiresAt };
  const [[session]] = await ctx.db.batch([
    ctx.db
      .insert(sessions)
      .values({ userId: user.id, familyHash, secretHash, ...times, ip: ctx.ip, userAgent })
      .returning({ id: sessions.id }),
    auditInsert({ ...ctx, actor: personIn(user, 0) }, { action: 'session.create', target: `user:${user.username}` }),
    ctx.db.update(users).set({ lastLoginAt: now }).where(eq(users.id, user.id)),
    forgiveGuess(ctx, user.username),
  ]);
  if (!session) throw new Error('the session was not stored');
  return { user: personIn(user, session.id), sessionId: session.id, refreshToken: token };
}
