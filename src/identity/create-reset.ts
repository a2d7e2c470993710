import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { newAccountLink } from './account-link.ts';
import type { AccountLink } from './contract.ts';
import { getUser } from './get-user.ts';
import { NO_PASSWORD } from './password.ts';
import { authorize } from './permissions.ts';
import { accountLinks } from './table.ts';

/** Makes a link with which somebody sets a new password. The token is answered this once. */
export async function createReset({ ctx, input }: Call<{ id: number }>): Promise<{ link: AccountLink; token: string }> {
  authorize(ctx.actor, 'user.manage');
  const user = await getUser({ ctx, input });
  if (user.passwordHash === NO_PASSWORD) throw new ConflictError('This person signs in at another issuer.');
  const { token, row } = newAccountLink(ctx, 'reset');
  const [[link]] = await ctx.db.batch([
    ctx.db
      .insert(accountLinks)
      .values({ ...row, userId: user.id, createdBy: actorLabel(ctx.actor) })
      .returning(),
    auditInsert(ctx, { action: 'user.create_reset', target: `user:${user.username}` }),
  ]);
  if (!link) throw new Error('the reset was not stored');
  return { link, token };
}
