import { asc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { ShownPolicy } from './contract.ts';
import { withChannels } from './read-channels.ts';
import { escalationPolicies } from './table.ts';

/** All policies, those that are off included, in the order in which they are tried. */
export async function listEscalationPolicies({ ctx }: Pick<Call<never>, 'ctx'>): Promise<ShownPolicy[]> {
  authorize(ctx.actor, 'escalation.read');
  const { position, id } = escalationPolicies;
  return withChannels(ctx.db, await ctx.db.select().from(escalationPolicies).orderBy(asc(position), asc(id)));
}
