import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { ValidationError } from '../core/errors.ts';
import { authorize, PERMISSIONS } from './permissions.ts';
import { users } from './table.ts';

/** Refuses an assignee who could not triage an alert: unknown, disabled, or without the role. */
export async function requireTriager({ ctx, input }: Call<{ username: string }>): Promise<void> {
  authorize(ctx.actor, 'alert.triage');
  const [user] = await ctx.db.select().from(users).where(eq(users.username, input.username));
  const allowed: readonly string[] = PERMISSIONS['alert.triage'];
  if (user && !user.disabled && allowed.includes(user.role)) return;
  throw new ValidationError([{ pointer: '#/assignee', detail: 'must be the username of an active analyst or admin' }]);
}
