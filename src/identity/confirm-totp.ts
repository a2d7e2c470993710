import { and, eq, exists, isNotNull, isNull } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { othersThan, revokeSessions } from './end-sessions.ts';
import { forgetPerson } from './known-people.ts';
import { authorize } from './permissions.ts';
import { requireCode } from './reauthenticate.ts';
import { newRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import { requireAccount, requirePerson } from './require-person.ts';
import { users } from './table.ts';

/**
 * Turns 2FA on, once the app has shown a code: all other sessions end. Answers the recovery codes, this once. Everything
 * asks whether the enrolment is still open: of two who confirm it at once, the second changes nothing.
 */
export async function confirmTotp({ ctx, input }: Call<{ otp: string }>): Promise<string[]> {
  authorize(ctx.actor, 'self.change');
  const { sessionId } = requirePerson(ctx);
  const user = await requireAccount(ctx);
  if (user.totpEnabledAt || !user.totpSecret) throw new ConflictError('There is no enrolment to confirm.');
  await requireCode(ctx, { user, otp: input.otp });
  const codes = newRecoveryCodes();
  const open = and(eq(users.id, user.id), isNull(users.totpEnabledAt), isNotNull(users.totpSecret));
  const enrolment = ctx.db.select({ id: users.id }).from(users).where(open);
  const isOpen = exists(enrolment);
  const [found] = await ctx.db.batch([
    enrolment,
    ...replaceRecoveryCodes(ctx.db, { userId: user.id, codes, where: isOpen }),
    // Sessions that were started with the password alone.
    ...revokeSessions(ctx, { userId: user.id, username: user.username, where: and(othersThan(sessionId), isOpen) }),
    // This closes the enrolment, so it comes last.
    ctx.db.update(users).set({ totpEnabledAt: ctx.clock() }).where(open),
    auditInsert(ctx, { action: 'totp.enable', target: `user:${user.username}` }),
  ]);
  if (found.length === 0) throw new ConflictError('There is no enrolment to confirm.');
  forgetPerson(user.id);
  return codes;
}
