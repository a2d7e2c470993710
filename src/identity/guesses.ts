import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { RateLimitedError } from '../core/errors.ts';
import { networkOf } from '../core/network.ts';
import { rejectLater } from './record-rejection.ts';
import { guesses, sessions, users } from './table.ts';

const WINDOW_MS = 15 * 60 * 1000;

/**
 * Wrong guesses allowed in a quarter of an hour: of one account from one address, of one account from everywhere, and
 * from one address for everyone. When the second is reached, addresses from which its owner has signed in before may
 * still try, so that nobody can lock an owner out.
 */
const LIMITS = { pair: 5, account: 50, address: 30 };

type Kind = keyof typeof LIMITS;

/**
 * Counts a guess before it is checked, exactly, however many come at once; throws when it is one too many. Each count
 * is an upsert that answers it, so a hundred parallel guesses find a hundred different counts. A guess that its address
 * has no right to any more does not count against the account.
 */
export async function countGuess(ctx: Context, username: string): Promise<void> {
  const keys = keysOf(ctx, username);
  const [pair, address] = await ctx.db.batch([increment(ctx, keys.pair), increment(ctx, keys.address)]);
  if (isOver('pair', pair) || isOver('address', address)) throw tooMany(ctx);
  const account = await increment(ctx, keys.account);
  if (isOver('account', account) && !(await isKnownAddress(ctx, username))) throw tooMany(ctx);
}

function tooMany(ctx: Context): RateLimitedError {
  rejectLater(ctx, { action: 'limit.refuse', target: 'limit:guesses' });
  return new RateLimitedError(WINDOW_MS / 1000);
}

function isOver(kind: Kind, [row]: { count: number }[]): boolean {
  return (row?.count ?? 0) > LIMITS[kind];
}

/** Takes a guess back that turned out right. Unexecuted. */
export function forgiveGuess(ctx: Context, username: string) {
  const keys = Object.values(keysOf(ctx, username));
  return ctx.db
    .update(guesses)
    .set({ count: sql`max(${guesses.count} - 1, 0)` })
    .where(inArray(guesses.key, keys));
}

function keysOf(ctx: Context, username: string): Record<Kind, string> {
  const address = networkOf(ctx.ip ?? undefined);
  return { pair: `pair:${username}|${address}`, account: `account:${username}`, address: `address:${address}` };
}

function increment(ctx: Context, key: string) {
  const now = ctx.clock().getTime();
  const expiresAt = new Date(now + WINDOW_MS);
  const fresh = sql`${guesses.expiresAt} <= ${now}`;
  return ctx.db
    .insert(guesses)
    .values({ key, count: 1, expiresAt })
    .onConflictDoUpdate({
      target: guesses.key,
      set: {
        count: sql`iif(${fresh}, 1, ${guesses.count} + 1)`,
        expiresAt: sql`iif(${fresh}, ${expiresAt.getTime()}, ${guesses.expiresAt})`,
      },
    })
    .returning({ count: guesses.count });
}

/** Whether a session of this account that has not expired was started from the network that is asking. */
async function isKnownAddress(ctx: Context, username: string): Promise<boolean> {
  if (ctx.ip === null) return false;
  const found = await ctx.db
    .selectDistinct({ ip: sessions.ip })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.username, username), gt(sessions.expiresAt, ctx.clock())))
    .limit(1000);
  const network = networkOf(ctx.ip);
  return found.some(({ ip }) => ip !== null && networkOf(ip) === network);
}
