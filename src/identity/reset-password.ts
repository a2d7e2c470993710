import { and, eq, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import { endResets, isGoodLink } from './account-link.ts';
import { revokeSessions } from './end-sessions.ts';
import { forgetPerson } from './known-people.ts';
import { hashPassword } from './password.ts';
import { requireStrength } from './password-strength.ts';
import { authorize } from './permissions.ts';
import { accountLinks, users } from './table.ts';

/**
 * Sets a password by the link that an admin made. The link is used up, others like it end, and every session of the
 * account ends. All of it asks whether the link is still good: of two who use it at once, the second changes nothing.
 */
export async function resetPassword({ ctx, input }: Call<{ token: string; password: string }>): Promise<void> {
  authorize(ctx.actor, 'public');
  const good = isGoodLink(ctx, { kind: 'reset', token: input.token });
  const [found] = await ctx.db
    .select({ user: users })
    .from(accountLinks)
    .innerJoin(users, eq(users.id, accountLinks.userId))
    .where(good);
  if (!found) throw linkFault();
  const { user } = found;
  await requireStrength(ctx, { user, password: input.password, pointer: '#/password' });
  const passwordHash = await hashPassword(input.password);
  const isGood = sql`EXISTS (SELECT 1 FROM ${accountLinks} WHERE ${good})`;
  const [changed] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, user.id), isGood))
      .returning({ id: users.id }),
    auditInsert(ctx, { action: 'user.reset_password', target: `user:${user.username}` }),
    ...revokeSessions(ctx, { userId: user.id, username: user.username, where: isGood }),
    // This uses the link up, so it comes last.
    endResets(ctx, { userId: user.id, where: isGood }),
  ]);
  if (changed.length === 0) throw linkFault();
  forgetPerson(user.id);
}

function linkFault(): ValidationError {
  return new ValidationError([{ pointer: '#/token', detail: 'is unknown, used or expired' }]);
}
