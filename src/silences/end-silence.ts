import { and, eq, gt, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import { actorLabel } from '../core/actor.ts';
import type { Call } from '../core/context.ts';
import { ConflictError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { getSilence } from './get-silence.ts';
import { silences } from './table.ts';

/** Ends a silence now. One that had not begun silenced nothing, so nobody is told of its end. */
export async function endSilence({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'silence.manage');
  const { id } = input;
  const now = ctx.clock();
  const where = and(eq(silences.id, id), gt(silences.endsAt, now));
  const set = {
    endsAt: now,
    endedBy: actorLabel(ctx.actor),
    announcedAt: sql`iif(${silences.startsAt} > ${now.getTime()}, ${now.getTime()}, NULL)`,
  };
  const [, ended] = await ctx.db.batch([
    auditChange(ctx, { table: silences, where, set, action: 'silence.end_early', target: `silence:${id}` }),
    ctx.db.update(silences).set(set).where(where).returning({ id: silences.id }),
  ]);
  if (ended.length > 0) return;
  await getSilence({ ctx, input: { id } });
  throw new ConflictError('The silence is over.');
}
