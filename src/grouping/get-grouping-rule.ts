import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { GroupingRule } from './contract.ts';
import { groupingRules } from './table.ts';

/** One rule by id. */
export async function getGroupingRule({ ctx, input }: Call<{ id: number }>): Promise<GroupingRule> {
  authorize(ctx.actor, 'grouping.read');
  const [rule] = await ctx.db.select().from(groupingRules).where(eq(groupingRules.id, input.id));
  if (!rule) throw new NotFoundError('grouping rule');
  return rule;
}
