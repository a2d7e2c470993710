import { and, eq, isNull } from 'drizzle-orm';
import { Secret } from 'otpauth';
import { renderSVG } from 'uqr';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { encryptSecret } from '../core/secret.ts';
import { authorize } from './permissions.ts';
import { reauthenticate } from './reauthenticate.ts';
import { authenticator } from './second-factor.ts';
import type { Reauthentication } from './session-contract.ts';
import { users } from './table.ts';

type Enrolment = { secret: string; uri: string; qr: string };

/** Starts enrolment: a new secret of 160 bits, in force once `confirmTotp` has seen a code of it. */
export async function enrolTotp({ ctx, input }: Call<Reauthentication>): Promise<Enrolment> {
  authorize(ctx.actor, 'self.change');
  const user = await reauthenticate(ctx, input);
  const secret = new Secret({ size: 20 });
  const totpSecret = encryptSecret(ctx.settings, { purpose: 'totp', text: secret.base32 });
  const [changed] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({ totpSecret, totpLastStep: null })
      .where(and(eq(users.id, user.id), isNull(users.totpEnabledAt)))
      .returning({ id: users.id }),
    auditInsert(ctx, { action: 'totp.enrol', target: `user:${user.username}` }),
  ]);
  if (changed.length === 0) throw new ConflictError('2FA is on already. Turn it off first to enrol another app.');
  const uri = authenticator(user.username, secret).toString();
  return { secret: secret.base32, uri, qr: renderSVG(uri) };
}
