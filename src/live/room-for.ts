import { openOf, type Watcher } from './watcher.ts';

/** Sockets of one person, and of all. */
const MAX_OWN = 10;
const MAX_ALL = 2_000;

/** Why there is no room for another socket of this person; nothing when there is. */
export function roomFor({ userId }: Watcher, ctx: DurableObjectState): { status: 429 | 503 } | undefined {
  if (openOf(ctx.getWebSockets(`user:${userId}`)).length >= MAX_OWN) return { status: 429 };
  if (openOf(ctx.getWebSockets()).length >= MAX_ALL) return { status: 503 };
  return undefined;
}
