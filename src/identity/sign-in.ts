import { eq } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { UnauthenticatedError } from '../core/errors.ts';
import type { Credentials } from './contract.ts';
import { verifyPassword } from './password.ts';
import { authorize } from './permissions.ts';
import { newRefreshToken } from './refresh-token.ts';
import { type SignedIn, sessionExpiry } from './session.ts';
import { sessions, users } from './table.ts';

/** Starts a session. A wrong name, a wrong password and a disabled account get the same answer in the same time. */
export async function signIn({ ctx, input }: Call<Credentials>): Promise<SignedIn> {
  authorize(ctx.actor, 'public');
  const [user] = await ctx.db.select().from(users).where(eq(users.username, input.username));
  const matches = await verifyPassword(input.password, user?.passwordHash);
  if (!user || !matches || user.disabled) throw new UnauthenticatedError('The username or the password is wrong.');

  const now = ctx.clock();
  const { token, familyHash, secretHash } = newRefreshToken();
  const expiresAt = sessionExpiry(ctx.settings, now);
  const actor = { role: user.role, userId: user.id, username: user.username };
  const [[session]] = await ctx.db.batch([
    ctx.db
      .insert(sessions)
      .values({ userId: user.id, familyHash, secretHash, createdAt: now, refreshedAt: now, expiresAt })
      .returning({ id: sessions.id }),
    auditInsert({ ...ctx, actor }, { action: 'session.create', target: `user:${user.username}` }),
    ctx.db.update(users).set({ lastLoginAt: now }).where(eq(users.id, user.id)),
  ]);
  if (!session) throw new Error('the session was not stored');
  return { user: actor, sessionId: session.id, refreshToken: token };
}
