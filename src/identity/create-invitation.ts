import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { newAccountLink } from './account-link.ts';
import type { AccountLink, NewInvitation } from './contract.ts';
import { authorize } from './permissions.ts';
import { accountLinks } from './table.ts';

/** Invites someone to register with a role. The token is answered this once. */
export async function createInvitation({
  ctx,
  input,
}: Call<NewInvitation>): Promise<{ link: AccountLink; token: string }> {
  authorize(ctx.actor, 'user.manage');
  const { role, email = null } = input;
  const { token, row } = newAccountLink(ctx, 'invitation');
  const [[link]] = await ctx.db.batch([
    ctx.db
      .insert(accountLinks)
      .values({ ...row, role, email, createdBy: actorLabel(ctx.actor) })
      .returning(),
    auditInsert(ctx, {
      action: 'invitation.create',
      target: sql`'invitation:' || last_insert_rowid()`,
      after: { role, email },
    }),
  ]);
  if (!link) throw new Error('the invitation was not stored');
  return { link, token };
}
