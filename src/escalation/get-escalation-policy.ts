import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { ShownPolicy } from './contract.ts';
import { withChannels } from './read-channels.ts';
import { escalationPolicies } from './table.ts';

/** One policy by id. */
export async function getEscalationPolicy({ ctx, input }: Call<{ id: number }>): Promise<ShownPolicy> {
  authorize(ctx.actor, 'escalation.read');
  const found = await ctx.db.select().from(escalationPolicies).where(eq(escalationPolicies.id, input.id));
  const [policy] = await withChannels(ctx.db, found);
  if (!policy) throw new NotFoundError('escalation policy');
  return policy;
}
