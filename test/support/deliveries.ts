import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import { settingsOf } from '../../src/core/settings.ts';
import { database } from '../../src/db/client.ts';
import { storeTarget } from '../../src/notifications/channel-target.ts';
import { deliver } from '../../src/notifications/deliver.ts';
import { insertDeliveries } from '../../src/notifications/insert-deliveries.ts';
import { channels } from '../../src/notifications/table.ts';
import { newWebhookSecret } from '../../src/notifications/webhook-secret.ts';
import type { Message } from '../../src/queue/messages.ts';
import type { Delay } from '../../src/queue/send.ts';
import { contextAt } from './operations.ts';
import { trusting } from './receiver.ts';

export const NOW = new Date('2026-11-21T09:30:00.000Z');

type Sent = { ids: number[]; delaySeconds: number | undefined };

/** A context at this many seconds from `NOW`, in which channels reach the receiver; `sent` is what was enqueued. */
export function contextIn(seconds: number): Context & { sent: Sent[] } {
  const context = contextAt(new Date(NOW.getTime() + seconds * 1000));
  const sent: Sent[] = [];
  const enqueue = (message: Message, delay?: Delay) => {
    if (message.type === 'deliver') sent.push({ ids: message.delivery_ids, delaySeconds: delay?.delaySeconds });
  };
  return { ...context, settings: trusting(context.settings), enqueue, sent };
}

/** What the channels of `channelTo` sign with. */
export const SECRET = newWebhookSecret();

/** A channel of which the receiver's address is this. */
export async function channelTo(url: string): Promise<number> {
  const target = { type: 'webhook' as const, url, secret: SECRET, previous: null };
  const row = { name: crypto.randomUUID(), type: target.type, ...storeTarget(settingsOf(env), target), enabled: true };
  const [channel] = await database(env.DB)
    .insert(channels)
    .values({ ...row, createdBy: 'user:admin', createdAt: NOW, updatedAt: NOW })
    .returning();
  return channel?.id ?? 0;
}

type Notifying = { channelIds: number[] | null; count?: number; seconds?: number; subject?: string };

/** The ids of new deliveries to these channels, so many to each. */
export async function notified({
  channelIds,
  count = 1,
  seconds = 0,
  subject = 'alert:1',
}: Notifying): Promise<number[]> {
  const ctx = contextIn(seconds);
  const keys = Array.from({ length: count }, () => `${subject}/${crypto.randomUUID()}`);
  const payload = { kind: 'alert.raised', at: NOW.toISOString(), url: null };
  const statements = keys.map((key) =>
    insertDeliveries(ctx, { kind: 'alert.raised', subject, key, payload, channelIds }),
  );
  const [first, ...rest] = statements;
  if (!first) return [];
  return (await ctx.db.batch([first, ...rest])).flat().map(({ id }) => id);
}

/** Tries these deliveries at this many seconds from `NOW`. */
export async function deliverIn(seconds: number, deliveryIds: number[]) {
  const ctx = contextIn(seconds);
  await deliver({ ctx, input: { deliveryIds } });
  return ctx.sent;
}

type StoredAttempt = { number: number; at: string; latencyMs: number; status: number | null; error: string | null };

/** A delivery as it is stored, with times as seconds from `NOW`. */
export async function stored(id: number) {
  const [found] = await allStored([id]);
  if (!found) throw new Error('there is no such delivery');
  return found;
}

/** Deliveries as they are stored, in the order of their ids. */
export async function allStored(ids: number[]) {
  const select = env.DB.prepare('SELECT * FROM deliveries WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id');
  const { results } = await select.bind(JSON.stringify(ids)).all<Record<string, string>>();
  const seconds = (time: unknown) => (time === null ? null : (Number(time) - NOW.getTime()) / 1000);
  return results.map((row) => ({
    status: row.status,
    next: seconds(row.next_attempt_at),
    leased: seconds(row.leased_until),
    finished: seconds(row.finished_at),
    attempts: (JSON.parse(row.attempts ?? '') as StoredAttempt[]).map((attempt) => ({
      ...attempt,
      at: seconds(Date.parse(attempt.at)),
    })),
  }));
}

/** Jitter of nothing, unless another place in its range is given. */
export function jitter(random = 0.5): void {
  vi.spyOn(Math, 'random').mockReturnValue(random);
}
