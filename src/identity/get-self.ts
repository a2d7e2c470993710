import type { Call } from '../core/context.ts';
import type { User } from './contract.ts';
import { authorize } from './permissions.ts';
import { requireAccount } from './require-person.ts';

/** The account of the person who is asking. */
export async function getSelf({ ctx }: Pick<Call<never>, 'ctx'>): Promise<User> {
  authorize(ctx.actor, 'self.read');
  return requireAccount(ctx);
}
