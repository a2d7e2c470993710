import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { type GroupingRule, MAX_RULES, type NewRule } from './contract.ts';
import { groupingRules } from './table.ts';

/** Adds a rule behind all others. Every event is held against every rule, so there are at most a hundred. */
export async function createGroupingRule({ ctx, input }: Call<NewRule>): Promise<GroupingRule> {
  authorize(ctx.actor, 'grouping.manage');
  const { id, position } = groupingRules;
  const now = ctx.clock().getTime();
  const values = {
    name: input.name,
    position: sql`coalesce(max(${position}), 0) + 1`,
    matchers: JSON.stringify(input.matchers),
    fields: JSON.stringify(input.fields),
    windowSeconds: input.window_seconds,
    enabled: Number(input.enabled),
    createdBy: actorLabel(ctx.actor),
    createdAt: now,
    updatedAt: now,
  };
  const from = sql`FROM ${groupingRules} HAVING count(${id}) < ${MAX_RULES}`;
  const [[rule]] = await ctx.db.batch([
    ctx.db.insert(groupingRules).select(selectInto(groupingRules, { values, from })).returning(),
    auditInsert(ctx, {
      action: 'grouping_rule.create',
      target: sql`'grouping_rule:' || last_insert_rowid()`,
      after: { ...input },
    }),
  ]);
  if (!rule) throw new ConflictError(`There are ${MAX_RULES} grouping rules already.`);
  return rule;
}
