import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { renumber } from '../db/renumber.ts';
import { authorize } from '../identity/permissions.ts';
import { groupingRules } from './table.ts';

/** Deletes a rule. Alerts that gathered events by it stay as they are and take no more. */
export async function deleteGroupingRule({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'grouping.manage');
  const { id } = input;
  const where = eq(groupingRules.id, id);
  const [, deleted] = await ctx.db.batch([
    auditChange(ctx, { table: groupingRules, where, action: 'grouping_rule.delete', target: `grouping_rule:${id}` }),
    ctx.db.delete(groupingRules).where(where).returning({ id: groupingRules.id }),
    renumber(ctx.db, { table: groupingRules }),
  ]);
  if (deleted.length === 0) throw new NotFoundError('grouping rule');
}
