import { asc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { GroupingRule } from './contract.ts';
import { groupingRules } from './table.ts';

/** All rules, those that are off included, in the order in which they are tried. */
export async function listGroupingRules({ ctx }: Pick<Call<never>, 'ctx'>): Promise<GroupingRule[]> {
  authorize(ctx.actor, 'grouping.read');
  return ctx.db.select().from(groupingRules).orderBy(asc(groupingRules.position), asc(groupingRules.id));
}
