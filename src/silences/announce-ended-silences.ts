import { and, asc, eq, exists, lt, lte, not, sql } from 'drizzle-orm';
import { unsettledEvents } from '../alerts/sweep-pending.ts';
import { auditInsert } from '../audit/audit.ts';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { enqueueDeliveries, insertDeliveries } from '../notifications/insert-deliveries.ts';
import { pageUrl } from '../notifications/page-url.ts';
import { isUntold, type Silence } from './match-silence.ts';
import { silences } from './table.ts';

// A run that finds more leaves them to the next minute's.
const MAX_ANNOUNCED = 50;

/**
 * Tells of each silence that is over, once, with how many events it suppressed. That number must be the last one, so a
 * silence waits while something that came before its end still owes an alert. Along the index of what is not told yet.
 */
export async function announceEndedSilences({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'silence.keep');
  const { db } = ctx;
  const unsettled = unsettledEvents(db).as('unsettled');
  const owed = db
    .select({ id: unsettled.id })
    .from(unsettled)
    .where(and(eq(unsettled.alertState, 'pending'), lt(unsettled.timestamp, silences.endsAt)));
  const ended = await db
    .select()
    .from(silences)
    .where(and(isUntold, lte(silences.endsAt, ctx.clock()), not(exists(owed))))
    .orderBy(asc(silences.endsAt))
    .limit(MAX_ANNOUNCED);
  for (const silence of ended) await announce(ctx, silence);
  return ended.length;
}

/** Marks, audits and tells in one batch. Nothing of it when another run was first, or the silence is not as it was read. */
async function announce(ctx: Context, silence: Silence): Promise<void> {
  const { id, announceTo, endsAt, suppressedCount } = silence;
  const asRead = and(eq(silences.endsAt, endsAt), eq(silences.suppressedCount, suppressedCount));
  const subject = `silence:${id}`;
  const [, , deliveries] = await ctx.db.batch([
    ctx.db
      .update(silences)
      .set({ announcedAt: ctx.clock() })
      .where(and(eq(silences.id, id), isUntold, asRead)),
    auditInsert(ctx, { action: 'silence.end', target: subject, after: { suppressed_count: suppressedCount } }),
    insertDeliveries(ctx, {
      kind: 'silence.ended',
      subject,
      key: `${subject}/ended`,
      payload: payloadOf(ctx, silence),
      channelIds: announceTo,
      where: sql`changes() > 0`,
    }),
  ]);
  enqueueDeliveries(ctx, deliveries);
}

function payloadOf(ctx: Context, { id, reason, suppressedCount, startsAt, endsAt, endedBy }: Silence) {
  return {
    kind: 'silence.ended',
    at: ctx.clock().toISOString(),
    url: pageUrl(ctx.settings, `silences/${id}`),
    silence: {
      id,
      reason,
      suppressed_count: suppressedCount,
      starts_at: startsAt.toISOString(),
      ends_at: endsAt.toISOString(),
      ended_by: endedBy,
    },
  };
}
