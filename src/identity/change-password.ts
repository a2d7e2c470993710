import { eq } from 'drizzle-orm';
import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { endResets } from './account-link.ts';
import { othersThan, revokeSessions } from './end-sessions.ts';
import { forgetPerson } from './known-people.ts';
import { hashPassword } from './password.ts';
import { requireStrength } from './password-strength.ts';
import { authorize } from './permissions.ts';
import { reauthenticatePassword } from './reauthenticate.ts';
import { requirePerson } from './require-person.ts';
import { users } from './table.ts';

type Change = { current_password: string; new_password: string };

/** Sets one's own password; needs the current one. All other sessions and open reset links end. */
export async function changePassword({ ctx, input }: Call<Change>): Promise<void> {
  authorize(ctx.actor, 'self.change');
  const { sessionId } = requirePerson(ctx);
  const user = await reauthenticatePassword(ctx, { password: input.current_password, pointer: '#/current_password' });
  await requireStrength(ctx, { user, password: input.new_password, pointer: '#/new_password' });
  const passwordHash = await hashPassword(input.new_password);
  await ctx.db.batch([
    ctx.db.update(users).set({ passwordHash }).where(eq(users.id, user.id)),
    auditEvent(ctx, { action: 'user.change_password', target: `user:${user.username}`, after: {} }),
    endResets(ctx, { userId: user.id }),
    ...revokeSessions(ctx, { userId: user.id, username: user.username, where: othersThan(sessionId) }),
  ]);
  forgetPerson(user.id);
}
