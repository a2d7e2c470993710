import { eq, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import type { Db } from '../db/client.ts';
import { sensors } from './table.ts';

/** How late the counters and `last_seen_at` of a sensor may be: an isolate folds what it saw of it once in so long. */
export const FOLD_MS = 30_000;
const RETRY_MS = 5_000;

type Counts = { accepted: number; duplicates: number; rejected: number };
type Activity = Counts & { lastSeenAt: number; dueAt: number };

/** What this isolate saw of each sensor: small, and as many as there are sensors. */
const activities = new Map<number, Activity>();

/**
 * Counts what a sensor posted, without a write per post: in memory, folded into its row by the first post and then
 * by the first one after every 30 seconds, once its answer is out. An isolate that dies loses the counts since its
 * last fold, never an event. Does nothing for other actors.
 */
export function noteActivity(ctx: Context, counts: Partial<Counts>): void {
  if (ctx.actor.role !== 'sensor') return;
  const { sensorId } = ctx.actor;
  const now = ctx.clock().getTime();
  const activity = activities.get(sensorId) ?? { accepted: 0, duplicates: 0, rejected: 0, lastSeenAt: now, dueAt: 0 };
  activities.set(sensorId, activity);
  add(activity, counts);
  activity.lastSeenAt = Math.max(activity.lastSeenAt, now);
  if (now < activity.dueAt) return;
  activity.dueAt = now + FOLD_MS;
  ctx.later('fold sensor activity', () => foldOrKeep(ctx.db, { sensorId, activity }));
}

function add(activity: Activity, { accepted = 0, duplicates = 0, rejected = 0 }: Partial<Counts>): void {
  activity.accepted += accepted;
  activity.duplicates += duplicates;
  activity.rejected += rejected;
}

type Fold = { sensorId: number; activity: Activity };

/** What could not be written is kept and tried again with a later post. */
async function foldOrKeep(db: Db, { sensorId, activity }: Fold): Promise<void> {
  const taken = { ...activity };
  Object.assign(activity, { accepted: 0, duplicates: 0, rejected: 0 });
  try {
    await fold(db, { sensorId, activity: taken });
  } catch (error) {
    add(activity, taken);
    activity.dueAt = taken.dueAt - FOLD_MS + RETRY_MS;
    throw error;
  }
}

/** Why it writes no audit row: docs/decisions/0010-sensor-counters-are-folded.md. */
function fold(db: Db, { sensorId, activity: { accepted, duplicates, rejected, lastSeenAt } }: Fold) {
  return db
    .update(sensors)
    .set({
      accepted: sql`${sensors.accepted} + ${accepted}`,
      duplicates: sql`${sensors.duplicates} + ${duplicates}`,
      rejected: sql`${sensors.rejected} + ${rejected}`,
      lastSeenAt: sql`max(coalesce(${sensors.lastSeenAt}, 0), ${lastSeenAt})`,
    })
    .where(eq(sensors.id, sensorId));
}
