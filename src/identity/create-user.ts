import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import type { NewUser, User } from './contract.ts';
import { hashPassword } from './password.ts';
import { requireUncommon } from './password-strength.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** Adds a person. A username that is taken is a conflict. */
export async function createUser({ ctx, input }: Call<NewUser>): Promise<User> {
  authorize(ctx.actor, 'user.manage');
  const { username, role } = input;
  const email = input.email ?? null;
  await requireUncommon(ctx, { password: input.password, pointer: '#/password' });
  const passwordHash = await hashPassword(input.password);
  const [[user]] = await ctx.db.batch([
    ctx.db
      .insert(users)
      .values({ username, email, passwordHash, role, createdAt: ctx.clock() })
      .onConflictDoNothing()
      .returning(),
    auditInsert(ctx, { action: 'user.create', target: `user:${username}`, after: { username, email, role } }),
  ]);
  if (!user) throw new ConflictError('This username is taken.');
  return user;
}
