import { eq } from 'drizzle-orm';
import { auditEvent } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { OtpRequiredError, UnauthenticatedError } from '../core/errors.ts';
import { countGuess, forgiveGuess } from './guesses.ts';
import { verifyPassword } from './password.ts';
import { authorize } from './permissions.ts';
import { useSecondFactor } from './second-factor.ts';
import type { SignedIn } from './session.ts';
import type { Credentials } from './session-contract.ts';
import { startSession } from './start-session.ts';
import { users } from './table.ts';

type SignIn = Pick<Credentials, 'username' | 'password' | 'otp'> & { userAgent: string | null };

/**
 * Starts a session. Guesses are counted before anything is hashed. A wrong name, a wrong password and a disabled
 * account get the same answer in the same time; only who has the password learns that a one-time code is asked for.
 */
export async function signIn({ ctx, input }: Call<SignIn>): Promise<SignedIn> {
  authorize(ctx.actor, 'public');
  const { username, password, otp } = input;
  await countGuess(ctx, username);
  const [user] = await ctx.db.select().from(users).where(eq(users.username, username));
  const matches = await verifyPassword(password, user?.passwordHash);
  if (!user || !matches || user.disabled) return refuse(ctx, username);
  if (user.totpEnabledAt) {
    if (!otp) throw await askForCode(ctx, username);
    if (!(await useSecondFactor(ctx, { user, otp }))) return refuse(ctx, username);
  }
  return startSession(ctx, { user, userAgent: input.userAgent });
}

/** The password was right, so it was no guess; but nobody is signed in yet. */
async function askForCode(ctx: Context, username: string): Promise<OtpRequiredError> {
  await forgiveGuess(ctx, username);
  return new OtpRequiredError();
}

async function refuse(ctx: Context, username: string): Promise<never> {
  await auditEvent(ctx, { action: 'session.refuse', target: `user:${username}`, after: {} });
  throw new UnauthenticatedError('The username, the password or the one-time code is wrong.');
}
