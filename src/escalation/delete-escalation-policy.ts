import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { renumber } from '../db/renumber.ts';
import { authorize } from '../identity/permissions.ts';
import { escalationPolicies } from './table.ts';

/** Deletes a policy: its alerts have no steps any more. Their targets stay, and who was told hears how they end. */
export async function deleteEscalationPolicy({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'escalation.manage');
  const { id } = input;
  const where = eq(escalationPolicies.id, id);
  const audited = { table: escalationPolicies, where };
  const [, deleted] = await ctx.db.batch([
    auditChange(ctx, { ...audited, action: 'escalation_policy.delete', target: `escalation_policy:${id}` }),
    ctx.db.delete(escalationPolicies).where(where).returning({ id: escalationPolicies.id }),
    renumber(ctx.db, { table: escalationPolicies }),
  ]);
  if (deleted.length === 0) throw new NotFoundError('escalation policy');
}
