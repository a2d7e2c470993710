import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { authorize } from './permissions.ts';
import { requirePerson } from './require-person.ts';
import type { Session } from './session-contract.ts';
import { sessions } from './table.ts';

/** One's own open sessions, newest first, a hundred at most. */
export async function listSessions({ ctx }: Pick<Call<never>, 'ctx'>): Promise<Session[]> {
  authorize(ctx.actor, 'self.read');
  const { userId } = requirePerson(ctx);
  return ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, ctx.clock())))
    .orderBy(desc(sessions.id))
    .limit(100);
}
