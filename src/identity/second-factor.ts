import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import type { Context } from '../core/context.ts';
import { log } from '../core/log.ts';
import { decryptSecret } from '../core/secret.ts';
import type { User } from './contract.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { recoveryCodes, users } from './table.ts';

const PERIOD_S = 30;

/** The authenticator of an account: RFC 6238, six digits, 30 seconds, SHA-1, as every app takes it. */
export function authenticator(username: string, secret: Secret): TOTP {
  return new TOTP({ issuer: 'Edgewatch', label: username, secret, period: PERIOD_S });
}

/**
 * Uses up a one-time code or a recovery code. Each is accepted once, however many ask at once: the update that marks
 * it used is what decides. A code of the step before or after is good, too, for clocks that are half a minute off.
 */
export async function useSecondFactor(ctx: Context, { user, otp }: { user: User; otp: string }): Promise<boolean> {
  return /^\d{6}$/.test(otp) ? useCode(ctx, { user, otp }) : useRecoveryCode(ctx, { user, otp });
}

async function useCode(ctx: Context, { user, otp }: { user: User; otp: string }): Promise<boolean> {
  if (!user.totpSecret) return false;
  const now = ctx.clock().getTime();
  const base32 = decryptSecret(ctx.settings, { purpose: 'totp', stored: user.totpSecret });
  if (base32 === null) {
    log.error('a TOTP secret cannot be read: JWT_SECRET was changed', { user: user.username });
    return false;
  }
  const delta = authenticator(user.username, Secret.fromBase32(base32)).validate({
    token: otp,
    timestamp: now,
    window: 1,
  });
  if (delta === null) return false;
  const step = Math.floor(now / 1000 / PERIOD_S) + delta;
  const used = await ctx.db
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, user.id), or(isNull(users.totpLastStep), lt(users.totpLastStep, step))))
    .returning({ id: users.id });
  return used.length === 1;
}

async function useRecoveryCode(ctx: Context, { user, otp }: { user: User; otp: string }): Promise<boolean> {
  const codeHash = hashRecoveryCode(otp);
  const used = await ctx.db
    .update(recoveryCodes)
    .set({ usedAt: ctx.clock() })
    .where(and(eq(recoveryCodes.userId, user.id), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return used.length === 1;
}
