import { and, eq, gt, isNull } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from './permissions.ts';
import { accountLinks } from './table.ts';

/** Ends an invitation that was not used yet. */
export async function revokeInvitation({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'user.manage');
  const now = ctx.clock();
  const where = and(
    eq(accountLinks.id, input.id),
    eq(accountLinks.kind, 'invitation'),
    isNull(accountLinks.usedAt),
    gt(accountLinks.expiresAt, now),
  );
  const set = { expiresAt: now };
  const [, revoked] = await ctx.db.batch([
    auditChange(ctx, {
      table: accountLinks,
      where,
      set,
      action: 'invitation.revoke',
      target: `invitation:${input.id}`,
    }),
    ctx.db.update(accountLinks).set(set).where(where).returning({ id: accountLinks.id }),
  ]);
  if (revoked.length === 0) throw new NotFoundError('open invitation');
}
