import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { COUNT_WINDOW, type Page } from '../db/page.ts';
import type { AlertEventsQuery, ShownEvent } from '../events/contract.ts';
import { listEvents } from '../events/list-events.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { isMovedSince } from '../retention/moved.ts';
import { alerts } from './table.ts';

type List = { id: number; query: AlertEventsQuery };
type Listed = Page<ShownEvent> & { inColdStore: number | null };

/** A page of the events that an alert gathered, and how many of them are in the cold store. The alert must be there. */
export async function listAlertEvents({ ctx, input }: Call<List>): Promise<Listed> {
  authorize(ctx.actor, 'alert.read');
  const { id, query } = input;
  const [found, [alert]] = await Promise.all([
    listEvents({ ctx, input: { ...query, alert: id } }),
    countMoved(ctx, id),
  ]);
  if (!alert) throw new NotFoundError('alert');
  return { ...found, inColdStore: alert.inColdStore };
}

/**
 * What an alert counted and is here no more; null when too many are here to be counted. They are counted only for alerts
 * that are as old as what was moved.
 */
function countMoved({ db }: Context, id: number) {
  const gathered = and(eq(events.alertId, id), isNotNull(events.alertId), isNotNull(events.dedupKey));
  const here = sql`(SELECT count(*) AS n FROM (SELECT 1 FROM ${events} WHERE ${gathered} LIMIT ${COUNT_WINDOW + 1}))`;
  const moved = sql`(SELECT iif(n > ${COUNT_WINDOW}, NULL, max(0, ${alerts.eventCount} - n)) FROM ${here})`;
  const mayHaveMoved = and(isNotNull(alerts.dedupKey), isMovedSince(alerts.firstSeen));
  return db
    .select({ inColdStore: sql<number | null>`iif(${mayHaveMoved}, ${moved}, 0)` })
    .from(alerts)
    .where(eq(alerts.id, id));
}
