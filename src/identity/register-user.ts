import { and, type SQL, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError, RegistrationClosedError, ValidationError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { isGoodLink } from './account-link.ts';
import type { Registration, User } from './contract.ts';
import { hashPassword } from './password.ts';
import { requireUncommon } from './password-strength.ts';
import { authorize } from './permissions.ts';
import { accountLinks, users } from './table.ts';

/**
 * Makes an account for who asks, as the policy says: with an invitation's role, or as a member where registration is
 * open. An invitation is used up in the batch that stores the account, so two who share it get one account.
 */
export async function registerUser({ ctx, input }: Call<Registration>): Promise<User> {
  authorize(ctx.actor, 'public');
  const { username, email = null, invitation } = input;
  requirePolicy(ctx, invitation);
  await requireUncommon(ctx, { password: input.password, pointer: '#/password' });
  const good = isGoodLink(ctx, { kind: 'invitation', token: invitation ?? '' });
  // Asked before the password is hashed, which is dear; the batch asks again.
  if (invitation && !(await isKnown(ctx, good))) throw invitationFault('is unknown, used or expired');
  const row = {
    username,
    email,
    passwordHash: await hashPassword(input.password),
    role: invitation ? sql`${accountLinks.role}` : 'member',
    disabled: 0,
    createdAt: ctx.clock().getTime(),
  };
  const from = invitation ? sql`FROM ${accountLinks} WHERE ${good}` : sql`WHERE true`;
  const [[user]] = await ctx.db.batch([
    ctx.db
      .insert(users)
      .select(selectInto(users, { values: row, from }))
      .onConflictDoNothing()
      .returning(),
    auditInsert(ctx, { action: 'user.register', target: `user:${username}`, after: { username, email } }),
    // Only when the account was stored: a taken username leaves the invitation good.
    ctx.db.update(accountLinks).set({ usedAt: ctx.clock() }).where(and(good, sql`changes() > 0`)),
  ]);
  if (user) return user;
  if (invitation && !(await isKnown(ctx, good))) throw invitationFault('is unknown, used or expired');
  throw new ConflictError('This username is taken.');
}

function requirePolicy({ settings }: Context, invitation: string | undefined): void {
  if (settings.registration === 'closed') throw new RegistrationClosedError();
  if (settings.registration === 'invite' && !invitation) throw invitationFault('is required');
}

async function isKnown(ctx: Context, good: SQL | undefined): Promise<boolean> {
  const found = await ctx.db.select({ id: accountLinks.id }).from(accountLinks).where(good);
  return found.length > 0;
}

function invitationFault(detail: string): ValidationError {
  return new ValidationError([{ pointer: '#/invitation', detail }]);
}
