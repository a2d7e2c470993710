import { and, eq, gt, isNull, type SQL } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { randomToken, sha256 } from '../core/digest.ts';
import { accountLinks } from './table.ts';

const HOUR_MS = 60 * 60 * 1000;
const PREFIX = { invitation: 'ewi_', reset: 'ewr_' } as const;

type Kind = keyof typeof PREFIX;

/** A new link: its token (256 random bits, shown once), what is stored of it, and when it ends. */
export function newAccountLink(ctx: Context, kind: Kind) {
  const token = PREFIX[kind] + randomToken(32);
  const createdAt = ctx.clock();
  const expiresAt = new Date(createdAt.getTime() + ctx.settings.linkHours * HOUR_MS);
  return { token, row: { kind, tokenHash: sha256(token), createdAt, expiresAt } };
}

/** The statement that ends every open reset link of a person, if a condition holds. Unexecuted. */
export function endResets(ctx: Context, { userId, where }: { userId: number; where?: SQL }) {
  const open = and(eq(accountLinks.userId, userId), eq(accountLinks.kind, 'reset'), isNull(accountLinks.usedAt), where);
  return ctx.db.update(accountLinks).set({ usedAt: ctx.clock() }).where(open);
}

/** Which link this token opens, while it is good: known, not used, not expired. */
export function isGoodLink(ctx: Context, { kind, token }: { kind: Kind; token: string }) {
  return and(
    eq(accountLinks.tokenHash, sha256(token)),
    eq(accountLinks.kind, kind),
    isNull(accountLinks.usedAt),
    gt(accountLinks.expiresAt, ctx.clock()),
  );
}
