import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { renumber } from '../db/renumber.ts';
import { authorize } from '../identity/permissions.ts';
import type { GroupingRule, RulePatch } from './contract.ts';
import { getGroupingRule } from './get-grouping-rule.ts';
import { groupingRules } from './table.ts';

/** Changes what is given of a rule, or moves it to another place. Alerts that there are keep the key that they have. */
export async function updateGroupingRule({
  ctx,
  input,
}: Call<{ id: number; patch: RulePatch }>): Promise<GroupingRule> {
  authorize(ctx.actor, 'grouping.manage');
  const { id, patch } = input;
  if (Object.keys(patch).length === 0) return getGroupingRule({ ctx, input: { id } });
  const { position, name, matchers, fields, window_seconds: windowSeconds, enabled } = patch;
  const where = eq(groupingRules.id, id);
  const set = { name, matchers, fields, windowSeconds, enabled };
  const target = `grouping_rule:${id}`;
  const [, , , [rule]] = await ctx.db.batch([
    auditChange(ctx, {
      table: groupingRules,
      where,
      set: { ...set, position },
      action: 'grouping_rule.update',
      target,
    }),
    ctx.db
      .update(groupingRules)
      .set({ ...set, updatedAt: ctx.clock() })
      .where(where),
    renumber(ctx.db, { table: groupingRules, move: position ? { id, position } : undefined }),
    ctx.db.select().from(groupingRules).where(where),
  ]);
  if (!rule) throw new NotFoundError('grouping rule');
  return rule;
}
