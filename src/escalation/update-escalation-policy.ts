import { eq } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { renumber } from '../db/renumber.ts';
import { authorize } from '../identity/permissions.ts';
import { columnsFor, type PolicyPatch, type ShownPolicy } from './contract.ts';
import { getEscalationPolicy } from './get-escalation-policy.ts';
import { requireChannels, withChannels } from './read-channels.ts';
import { escalationPolicies } from './table.ts';

/** Changes what is given of a policy, or moves it. Escalations that run follow its steps as they are from now on. */
export async function updateEscalationPolicy({
  ctx,
  input,
}: Call<{ id: number; patch: PolicyPatch }>): Promise<ShownPolicy> {
  authorize(ctx.actor, 'escalation.manage');
  const { id, patch } = input;
  const before = await getEscalationPolicy({ ctx, input: { id } });
  if (Object.keys(patch).length === 0) return before;
  const { name, matchers, enabled, position } = patch;
  const set = { name, matchers, enabled, ...columnsFor(patch) };
  if (set.steps) await requireChannels(ctx.db, set.steps);
  const where = eq(escalationPolicies.id, id);
  const audited = { table: escalationPolicies, where, set: { ...set, position } };
  const [, , , [policy]] = await ctx.db.batch([
    auditChange(ctx, { ...audited, action: 'escalation_policy.update', target: `escalation_policy:${id}` }),
    ctx.db
      .update(escalationPolicies)
      .set({ ...set, updatedAt: ctx.clock() })
      .where(where),
    renumber(ctx.db, { table: escalationPolicies, move: position ? { id, position } : undefined }),
    ctx.db.select().from(escalationPolicies).where(where),
  ]);
  const [shown] = await withChannels(ctx.db, policy ? [policy] : []);
  if (!shown) throw new NotFoundError('escalation policy');
  return shown;
}
