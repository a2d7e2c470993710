import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { UnauthenticatedError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { authorize } from './permissions.ts';
import { requirePerson } from './require-person.ts';
import { users } from './table.ts';

/** Changes one's own e-mail address. */
export async function updateSelf({ ctx, input }: Call<{ email: string | null }>): Promise<User> {
  authorize(ctx.actor, 'self.change');
  const { userId, username } = requirePerson(ctx);
  const where = eq(users.id, userId);
  const [, [user]] = await ctx.db.batch([
    auditChange(ctx, { table: users, where, set: input, action: 'user.update', target: `user:${username}` }),
    ctx.db.update(users).set(input).where(where).returning(),
  ]);
  if (!user) throw new UnauthenticatedError();
  return user;
}
