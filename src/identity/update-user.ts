import { and, eq, ne, or, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import type { User, UserPatch } from './contract.ts';
import { revokeSessions } from './end-sessions.ts';
import { getUser } from './get-user.ts';
import { forgetPerson } from './known-people.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/**
 * Changes somebody's role, e-mail or whether they may sign in. A disabled person's sessions end. The last active admin
 * stays one, or nobody could manage the instance any more.
 */
export async function updateUser({ ctx, input }: Call<{ id: number; patch: UserPatch }>): Promise<User> {
  authorize(ctx.actor, 'user.manage');
  const { id, patch } = input;
  const before = await getUser({ ctx, input: { id } });
  if (Object.keys(patch).length === 0) return before;
  const where = and(eq(users.id, id), keepsAnAdmin(id, patch));
  const [, [user]] = await ctx.db.batch([
    auditChange(ctx, { table: users, where, set: patch, action: 'user.update', target: `user:${before.username}` }),
    ctx.db.update(users).set(patch).where(where).returning(),
    ...(patch.disabled ? revokeSessions(ctx, { userId: id, username: before.username, where: isDisabled(id) }) : []),
  ]);
  if (!user) throw new ConflictError('This is the last active admin; make another one first.');
  forgetPerson(id);
  return user;
}

/** Holds once the change was made: a refused one ends nobody's sessions. */
function isDisabled(id: number) {
  return sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${id} AND ${users.disabled} = 1)`;
}

/** Holds when the change leaves an active admin: it takes nobody's power, or its person is none, or there is another. */
function keepsAnAdmin(id: number, { role, disabled }: UserPatch) {
  const takesPower = disabled === true || (role !== undefined && role !== 'admin');
  if (!takesPower) return undefined;
  const another = sql`EXISTS (
    SELECT 1 FROM ${users} AS others WHERE others.role = 'admin' AND others.disabled = 0 AND others.id <> ${id}
  )`;
  return or(ne(users.role, 'admin'), another);
}
