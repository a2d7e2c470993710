import { auditEvent } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import type { User } from './contract.ts';
import { countGuess, forgiveGuess } from './guesses.ts';
import { verifyPassword } from './password.ts';
import { requireAccount } from './require-person.ts';
import { useSecondFactor } from './second-factor.ts';
import type { Reauthentication } from './session-contract.ts';

/** Asks a signed-in person for the password again. Guesses count as they do at sign-in. */
export async function reauthenticatePassword(
  ctx: Context,
  { password, pointer }: { password: string; pointer: string },
): Promise<User> {
  const user = await requireAccount(ctx);
  await countGuess(ctx, user.username);
  if (!(await verifyPassword(password, user.passwordHash))) {
    return refuse(ctx, { user, pointer, detail: 'is wrong' });
  }
  await forgiveGuess(ctx, user.username);
  return user;
}

/** Asks for the password and, where 2FA is on, for a one-time code: before 2FA itself is changed. */
export async function reauthenticate(ctx: Context, { password, otp }: Reauthentication): Promise<User> {
  const user = await reauthenticatePassword(ctx, { password, pointer: '#/password' });
  if (!user.totpEnabledAt) return user;
  if (otp === undefined) throw new ValidationError([{ pointer: '#/otp', detail: 'is required' }]);
  await requireCode(ctx, { user, otp });
  return user;
}

/** Uses up a one-time code of a signed-in person, counted as a guess until it proves right. */
export async function requireCode(ctx: Context, { user, otp }: { user: User; otp: string }): Promise<void> {
  await countGuess(ctx, user.username);
  if (!(await useSecondFactor(ctx, { user, otp }))) {
    return refuse(ctx, { user, pointer: '#/otp', detail: 'is wrong or was used already' });
  }
  await forgiveGuess(ctx, user.username);
}

/** A wrong proof by someone who is signed in: the audit log hears of it, and the answer names the field. */
async function refuse(
  ctx: Context,
  { user, pointer, detail }: { user: User; pointer: string; detail: string },
): Promise<never> {
  await auditEvent(ctx, { action: 'self.refuse', target: `user:${user.username}`, after: { pointer } });
  throw new ValidationError([{ pointer, detail }]);
}
