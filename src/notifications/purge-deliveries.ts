import { and, asc, eq, inArray, lt, lte, max, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/clock.ts';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { deliveries } from './table.ts';

const DELIVERED_DAYS = 30;
const FAILED_DAYS = 90;

// A run that finds more leaves it to the next one, five minutes later.
const MAX_PURGED = 500;

/**
 * Forgets deliveries that were over long ago, dead letters later than others. It looks at the oldest by id, past the dead
 * letters that are kept, and at the oldest dead letters along their index.
 */
export async function purgeDeliveries({ ctx }: Pick<Call<never>, 'ctx'>): Promise<void> {
  authorize(ctx.actor, 'delivery.send');
  const { db } = ctx;
  const { id, status, finishedAt } = deliveries;
  const delivered = db
    .select({ id })
    .from(deliveries)
    .where(eq(status, 'delivered'))
    .orderBy(asc(id))
    .limit(MAX_PURGED);
  const failed = db
    .select({ id })
    .from(deliveries)
    .where(sql`status = 'failed'`)
    .orderBy(asc(finishedAt))
    .limit(MAX_PURGED);
  await db.batch([
    remove(ctx, and(inArray(id, delivered), lte(finishedAt, daysAgo(ctx, DELIVERED_DAYS)))),
    remove(ctx, and(inArray(id, failed), lte(finishedAt, daysAgo(ctx, FAILED_DAYS)))),
  ]);
}

/** The newest stays: SQLite would give its id again, by which receivers know what they had. */
function remove({ db }: Context, where: SQL | undefined) {
  const newest = db.select({ id: max(deliveries.id) }).from(deliveries);
  return db.delete(deliveries).where(and(where, lt(deliveries.id, newest)));
}

function daysAgo({ clock }: Context, days: number): Date {
  return new Date(clock().getTime() - days * DAY_MS);
}
