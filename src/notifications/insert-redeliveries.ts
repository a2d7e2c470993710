import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Context } from '../core/context.ts';
import { selectInto } from '../db/select-into.ts';
import { untried } from './insert-deliveries.ts';
import { channels, deliveries } from './table.ts';

/** The deliveries that are sent again. */
export const again = alias(deliveries, 'again');

const later = alias(deliveries, 'later');

const MARK = '/redelivery:';

/** The key of the first delivery. A redelivery's has its number behind it. */
const firstKey = sql`iif(instr(${again.key}, ${MARK}), substr(${again.key}, 1, instr(${again.key}, ${MARK}) - 1), ${again.key})`;

/** SQL for the other redeliveries of the same first one, along the index on keys: `;` comes right behind `:`. */
const isSibling = and(
  eq(later.channelId, again.channelId),
  sql`${later.key} BETWEEN ${firstKey} || ${MARK} AND ${firstKey} || '/redelivery;'`,
);

/** SQL for whether it was sent again since. */
export const wasSentAgain = sql`EXISTS (SELECT 1 FROM ${deliveries} AS later WHERE ${isSibling} AND ${later.id} > ${again.id})`;

/** SQL for whether a redelivery of it is under way. */
export const isBeingSentAgain = sql`EXISTS (SELECT 1 FROM ${deliveries} AS later WHERE ${isSibling} AND ${later.status} = 'pending')`;

/**
 * A new delivery for each of `again` that this condition holds for, that is over and whose channel is enabled. Its rounds
 * are numbered, so of two who ask at once one wins. Unexecuted.
 */
export function insertRedeliveries(ctx: Context, { where, limit }: { where: SQL | undefined; limit: number }) {
  const number = sql`CAST(substr(${later.key}, length(${firstKey} || ${MARK}) + 1) AS INTEGER)`;
  const round = sql`(SELECT coalesce(max(${number}), 0) + 1 FROM ${deliveries} AS later WHERE ${isSibling})`;
  const receives = sql`EXISTS (SELECT 1 FROM ${channels} WHERE ${channels.id} = ${again.channelId} AND ${channels.enabled} = 1)`;
  const values = {
    channelId: sql`${again.channelId}`,
    kind: sql`${again.kind}`,
    subject: sql`${again.subject}`,
    key: sql`${firstKey} || ${MARK} || ${round}`,
    payload: sql`${again.payload}`,
    ...untried(ctx),
  };
  const chosen = and(ne(again.status, 'pending'), where, receives);
  const from = sql`FROM ${deliveries} AS again WHERE ${chosen} ORDER BY ${again.finishedAt}, ${again.id} LIMIT ${limit}`;
  return ctx.db.insert(deliveries).select(selectInto(deliveries, { values, from })).onConflictDoNothing().returning();
}
