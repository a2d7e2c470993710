import { auditEvent } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from './permissions.ts';
import { reauthenticate } from './reauthenticate.ts';
import { newRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import type { Reauthentication } from './session-contract.ts';

/** Ten new recovery codes in place of the earlier ones; needs the password and a code. */
export async function renewRecoveryCodes({ ctx, input }: Call<Reauthentication>): Promise<string[]> {
  authorize(ctx.actor, 'self.change');
  const user = await reauthenticate(ctx, input);
  if (!user.totpEnabledAt) throw new ConflictError('2FA is off.');
  const codes = newRecoveryCodes();
  await ctx.db.batch([
    ...replaceRecoveryCodes(ctx.db, { userId: user.id, codes }),
    auditEvent(ctx, { action: 'totp.renew_recovery_codes', target: `user:${user.username}`, after: {} }),
  ]);
  return codes;
}
