import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** One person by id. */
export async function getUser({ ctx, input }: Call<{ id: number }>): Promise<User> {
  authorize(ctx.actor, 'user.manage');
  const [user] = await ctx.db.select().from(users).where(eq(users.id, input.id));
  if (!user) throw new NotFoundError('user');
  return user;
}
