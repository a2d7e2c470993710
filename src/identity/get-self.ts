import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { UnauthenticatedError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** The person who is asking. */
export async function getSelf({ ctx }: Pick<Call<never>, 'ctx'>): Promise<User> {
  authorize(ctx.actor, 'self.read');
  const id = 'userId' in ctx.actor ? ctx.actor.userId : 0;
  const [user] = await ctx.db.select().from(users).where(eq(users.id, id));
  if (!user) throw new UnauthenticatedError();
  return user;
}
