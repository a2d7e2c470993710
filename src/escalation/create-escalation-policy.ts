import { eq, sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { renumber } from '../db/renumber.ts';
import { selectInto } from '../db/select-into.ts';
import { authorize } from '../identity/permissions.ts';
import { columnsFor, MAX_POLICIES, type NewPolicy, type ShownPolicy } from './contract.ts';
import { requireChannels } from './read-channels.ts';
import { escalationPolicies } from './table.ts';

/** Adds a policy at its place. Every alert is held against every policy, so there are at most a hundred. */
export async function createEscalationPolicy({ ctx, input }: Call<NewPolicy>): Promise<ShownPolicy> {
  authorize(ctx.actor, 'escalation.manage');
  const { steps = [] } = columnsFor(input);
  await requireChannels(ctx.db, steps);
  const newest = sql`(SELECT max(${escalationPolicies.id}) FROM ${escalationPolicies})`;
  const [created, , , [policy]] = await ctx.db.batch([
    insertPolicy(ctx, input),
    auditInsert(ctx, {
      action: 'escalation_policy.create',
      target: sql`'escalation_policy:' || ${newest}`,
      after: { ...input },
    }),
    renumber(ctx.db, { table: escalationPolicies }),
    ctx.db.select().from(escalationPolicies).where(eq(escalationPolicies.id, newest)),
  ]);
  if (created.length === 0 || !policy)
    throw new ConflictError(`There are ${MAX_POLICIES} escalation policies already.`);
  return { ...policy, goneChannelIds: [] };
}

function insertPolicy(ctx: Context, input: NewPolicy) {
  const { id, position } = escalationPolicies;
  const { steps, targets, repeatCount = 0, repeatAfterSeconds = 0 } = columnsFor(input);
  const now = ctx.clock().getTime();
  const values = {
    name: input.name,
    // Half a place before the one that is there: all are numbered anew behind it.
    position: input.position
      ? sql`${input.position} - 0.5`
      : sql`(SELECT coalesce(max(${position}), 0) + 1 FROM ${escalationPolicies})`,
    matchers: JSON.stringify(input.matchers),
    steps: JSON.stringify(steps),
    repeatCount,
    repeatAfterSeconds,
    targets: JSON.stringify(targets),
    enabled: Number(input.enabled),
    createdBy: actorLabel(ctx.actor),
    createdAt: now,
    updatedAt: now,
  };
  const from = sql`WHERE (SELECT count(*) FROM ${escalationPolicies}) < ${MAX_POLICIES}`;
  return ctx.db.insert(escalationPolicies).select(selectInto(escalationPolicies, { values, from })).returning({ id });
}
