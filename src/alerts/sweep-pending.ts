import { and, asc, gt, lte, type SQLWrapper, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { log } from '../core/log.ts';
import type { Db } from '../db/client.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { raiseAlerts } from './raise-alerts.ts';
import { sweeps } from './table.ts';

const WINDOW = 10_000;
// A run that finds more leaves it to the next minute's.
const MAX_WINDOWS = 20;

/**
 * Raises every alert that is still owed, oldest first: what a lost or failed send, a crash or a dead letter left
 * pending. It looks at each event that came since the last sweep, which is cheaper than an index over what is pending.
 * The queue may be raising the same ones; whoever comes second changes nothing. Returns how many events owed one.
 */
export async function sweepPending({ ctx }: Pick<Call<never>, 'ctx'>): Promise<number> {
  authorize(ctx.actor, 'alert.raise');
  let raised = 0;
  for (let window = 0; window < MAX_WINDOWS; window++) {
    const { last, pending } = await readWindow(ctx.db);
    if (last === null) break;
    raised += await raiseAlerts({ ctx, input: { eventIds: pending } });
    await settle(ctx, last);
  }
  if (raised > 0) log.info('sweep raised alerts', { raised });
  return raised;
}

/** The events that are not settled yet, oldest first, at most so many. */
export function unsettledEvents(db: Db) {
  const { id, timestamp, alertState } = events;
  return db.select({ id, timestamp, alertState }).from(events).where(gt(id, settledTo)).orderBy(asc(id)).limit(WINDOW);
}

/** The statement to stand behind the delete of an event: SQLite gives the id of the newest one again. Unexecuted. */
export function unsettle(db: Db) {
  const newest = sql`(SELECT coalesce(max(${events.id}), 0) FROM ${events})`;
  return db.update(sweeps).set({ settledTo: newest }).where(gt(sweeps.settledTo, newest));
}

const settledTo = sql`coalesce((SELECT ${sweeps.settledTo} FROM ${sweeps}), 0)`;

const isPending = (state: SQLWrapper) => sql`${state} = 'pending'`;

async function readWindow(db: Db): Promise<{ last: number | null; pending: number[] }> {
  const found = unsettledEvents(db).as('found');
  const [window] = await db
    .select({
      last: sql<number | null>`max(${found.id})`,
      pending: sql<string>`json_group_array(${found.id}) FILTER (WHERE ${isPending(found.alertState)})`,
    })
    .from(found);
  return { last: window?.last ?? null, pending: JSON.parse(window?.pending ?? '[]') };
}

/** Remembers that nothing up to this event is owed; should something be by now, only what is before it. */
async function settle({ db }: Context, last: number): Promise<void> {
  const owed = and(gt(events.id, settledTo), lte(events.id, last), isPending(events.alertState));
  const reached = sql`coalesce((SELECT min(${events.id}) - 1 FROM ${events} WHERE ${owed}), ${last})`;
  await db
    .insert(sweeps)
    .values({ id: 1, settledTo: reached })
    .onConflictDoUpdate({ target: sweeps.id, set: { settledTo: sql`max(${sweeps.settledTo}, ${reached})` } });
}
