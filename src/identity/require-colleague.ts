import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** Refuses a name in `pointer` (`#/assignee`) that is not an active person's. */
export async function requireColleague({ ctx, input }: Call<{ username: string; pointer: string }>): Promise<void> {
  authorize(ctx.actor, 'incident.create');
  const [user] = await ctx.db.select().from(users).where(eq(users.username, input.username));
  if (user && !user.disabled) return;
  throw new ValidationError([{ pointer: input.pointer, detail: 'must be the username of an active person' }]);
}
