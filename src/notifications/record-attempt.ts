import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { nextAttempt } from './attempt-schedule.ts';
import type { Channel, Delivery } from './delivery-lease.ts';
import { endDeliveries } from './end-deliveries.ts';
import { isGone, type Outcome } from './outcome.ts';
import { type Attempt, channels, deliveries } from './table.ts';

type Tried = { channel: Channel; delivery: Delivery; outcome: Outcome; at: Date; latencyMs: number };

/** Writes down an attempt: it is over with a 2xx or the last of them, and else it has its next time. */
export async function recordAttempt(ctx: Context, tried: Tried): Promise<void> {
  const { delivery, outcome } = tried;
  const now = ctx.clock();
  if (outcome.error === null) return finish(ctx, tried);
  const attempts = delivery.attempts.length + 1;
  const { retryAfterSeconds } = outcome;
  const at = isGone(outcome) ? null : nextAttempt({ attempts, retryAfterSeconds, now, expiresAt: delivery.expiresAt });
  const over = { status: 'failed' as const, finishedAt: now };
  const record = write(ctx, { tried, set: { nextAttemptAt: at, ...(at ? {} : over) }, where: isOurs(delivery) });
  await (isGone(outcome) ? ctx.db.batch([record, ...disable(ctx, tried)]) : record);
  if (at) {
    const delaySeconds = (at.getTime() - now.getTime()) / 1000;
    ctx.enqueue({ type: 'deliver', delivery_ids: [delivery.id] }, { delaySeconds });
  }
}

/** It arrived, whoever has the lease by now: nobody sends it again. */
async function finish(ctx: Context, tried: Tried): Promise<void> {
  const set = { status: 'delivered' as const, nextAttemptAt: null, finishedAt: ctx.clock() };
  await write(ctx, { tried, set, where: ne(deliveries.status, 'delivered') });
}

/** Whoever has it now writes down what became of it. */
function isOurs({ leasedUntil }: Delivery): SQL | undefined {
  return leasedUntil ? eq(deliveries.leasedUntil, leasedUntil) : undefined;
}

type Writing = { tried: Tried; set: SQLiteUpdateSetSource<typeof deliveries>; where: SQL | undefined };

function write({ db }: Context, { tried, set, where }: Writing) {
  const { delivery, outcome, at, latencyMs } = tried;
  const attempt: Attempt = {
    number: delivery.attempts.length + 1,
    at: at.toISOString(),
    latencyMs,
    status: outcome.status,
    error: outcome.error,
  };
  const attempts = sql`json_insert(${deliveries.attempts}, '$[#]', json(${JSON.stringify(attempt)}))`;
  return db
    .update(deliveries)
    .set({ ...set, attempts, leasedUntil: null })
    .where(and(eq(deliveries.id, delivery.id), where));
}

/** Disables a channel whose receiver wants no more, unless it was changed since: it was another receiver then. */
function disable(ctx: Context, { channel, delivery }: Tried) {
  const { id, updatedAt } = channel;
  const where = and(eq(channels.id, id), eq(channels.enabled, true), eq(channels.updatedAt, updatedAt));
  const set = { enabled: false, disabledReason: 'Its receiver answered 410 Gone.', updatedAt: ctx.clock() };
  const audited = { table: channels, where, set, action: 'channel.disable', target: `channel:${id}` };
  return [
    auditChange(ctx, audited),
    ctx.db.update(channels).set(set).where(where),
    endDeliveries(ctx, { channelId: id, leasedUntil: delivery.leasedUntil, where: sql`changes() > 0` }),
  ] as const;
}
