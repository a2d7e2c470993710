import { eq } from 'drizzle-orm';
import { type Person, personOf } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import { UnauthenticatedError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { users } from './table.ts';

/** The signed-in person who is asking; 401 for anyone else. */
export function requirePerson(ctx: Context): Person {
  const person = personOf(ctx.actor);
  if (!person) throw new UnauthenticatedError();
  return person;
}

/** The account of the person who is asking. */
export async function requireAccount(ctx: Context): Promise<User> {
  const [user] = await ctx.db
    .select()
    .from(users)
    .where(eq(users.id, requirePerson(ctx).userId));
  if (!user) throw new UnauthenticatedError();
  return user;
}
