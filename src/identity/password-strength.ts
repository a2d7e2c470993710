import type { Context } from '../core/context.ts';
import { UnavailableError, ValidationError } from '../core/errors.ts';
import { describeError, log } from '../core/log.ts';
import { isCommonPassword } from './common-passwords.ts';
import { isLong, MIN_PASSWORD, type User } from './contract.ts';

type Given = { password: string; pointer: string };

/** What the contract cannot know of a new password: whether it is one of the commonest. No list, no new password. */
export async function requireUncommon({ assets }: Context, { password, pointer }: Given): Promise<void> {
  const isCommon = await isCommonPassword(assets, password).catch((error: unknown) => {
    log.error('the list of common passwords cannot be read', describeError(error));
    throw new UnavailableError();
  });
  if (isCommon) throw new ValidationError([{ pointer, detail: 'is one of the commonest passwords' }]);
}

/** And where the person is known: whether a second factor excuses eight characters; the username. */
export async function requireStrength(
  ctx: Context,
  { user, password, pointer }: Given & { user: User },
): Promise<void> {
  if (!isLong(MIN_PASSWORD)(password) && !user.totpEnabledAt) {
    throw new ValidationError([{ pointer, detail: `must have at least ${MIN_PASSWORD} characters without 2FA` }]);
  }
  if (password.toLowerCase() === user.username) {
    throw new ValidationError([{ pointer, detail: 'must not be the username' }]);
  }
  await requireUncommon(ctx, { password, pointer });
}
