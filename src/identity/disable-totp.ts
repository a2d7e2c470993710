import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { isLong, MIN_PASSWORD } from './contract.ts';
import { forgetPerson } from './known-people.ts';
import { authorize } from './permissions.ts';
import { reauthenticate } from './reauthenticate.ts';
import type { Reauthentication } from './session-contract.ts';
import { recoveryCodes, users } from './table.ts';

/** Turns 2FA off; needs the password and a code. The recovery codes go with it. A short password must go first. */
export async function disableTotp({ ctx, input }: Call<Reauthentication>): Promise<void> {
  authorize(ctx.actor, 'self.change');
  const user = await reauthenticate(ctx, input);
  if (!user.totpEnabledAt) throw new ConflictError('2FA is off already.');
  if (!isLong(MIN_PASSWORD)(input.password)) {
    throw new ConflictError(`Choose a password of at least ${MIN_PASSWORD} characters first.`);
  }
  const where = eq(users.id, user.id);
  await ctx.db.batch([
    auditChange(ctx, {
      table: users,
      where,
      set: { totpEnabledAt: null },
      action: 'totp.disable',
      target: `user:${user.username}`,
    }),
    ctx.db.update(users).set({ totpEnabledAt: null, totpSecret: null, totpLastStep: null }).where(where),
    ctx.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id)),
  ]);
  forgetPerson(user.id);
}
