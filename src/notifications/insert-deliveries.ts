import { and, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import type { JsonObject } from '../core/json.ts';
import { inList } from '../db/in-list.ts';
import { selectInto } from '../db/select-into.ts';
import { channels, deliveries, type NOTIFICATION_KINDS } from './table.ts';

/** What is not delivered by then is given up. */
const LIFE_MS = DAY_MS;

/** How a delivery begins. */
export function untried({ clock }: Context) {
  const now = clock().getTime();
  return { status: 'pending', attempts: '[]', nextAttemptAt: now, expiresAt: now + LIFE_MS, createdAt: now };
}

// A message is the work of one run of the consumer: smaller ones are shared by several.
const MESSAGE_IDS = 100;

export type Notification = {
  kind: (typeof NOTIFICATION_KINDS)[number];
  /** What it is about: `alert:12`. */
  subject: string | SQL;
  /** What makes it this notification and no other: a channel gets each key once. */
  key: string | SQL;
  payload: JsonObject | SQL;
  /** Null for all of them. Disabled ones are passed over. */
  channelIds: readonly number[] | null;
  /** What else must hold, such as `changes() > 0`. */
  where?: SQL | undefined;
};

/**
 * Notifies channels, within the batch of what they are told about: one pending delivery each. Its rows are its outbox,
 * and `enqueueDeliveries` hurries them. Reads the channels that are named, writes four rows a delivery. Unexecuted.
 */
export function insertDeliveries(ctx: Context, { channelIds, where, ...notification }: Notification) {
  const { kind, subject, key, payload } = notification;
  const receiving = and(sql`${channels.enabled} = 1`, channelIds ? inList(channels.id, channelIds) : undefined, where);
  const values = {
    channelId: sql`${channels.id}`,
    kind,
    subject,
    key,
    payload: 'getSQL' in payload ? (payload as SQL) : JSON.stringify(payload),
    ...untried(ctx),
  };
  return ctx.db
    .insert(deliveries)
    .select(selectInto(deliveries, { values, from: sql`FROM ${channels} WHERE ${receiving} ORDER BY ${channels.id}` }))
    .onConflictDoNothing()
    .returning({ id: deliveries.id });
}

/** Hurries the deliveries that were inserted; a cron finds those that it does not reach. */
export function enqueueDeliveries({ enqueue }: Context, rows: readonly { id: number }[]): void {
  for (let at = 0; at < rows.length; at += MESSAGE_IDS) {
    enqueue({ type: 'deliver', delivery_ids: rows.slice(at, at + MESSAGE_IDS).map(({ id }) => id) });
  }
}
