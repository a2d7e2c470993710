import { and, count, eq, type SQL, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import type { User, UserQuery } from './contract.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** A page of people, newest first unless asked otherwise. */
export async function listUsers({ ctx, input }: Call<UserQuery>): Promise<Page<User>> {
  authorize(ctx.actor, 'user.manage');
  const scan = await scanOf(ctx.db, { table: users, time: users.createdAt, query: input });
  return readPage(input, {
    tested: Boolean(input.role || input.disabled),
    rows: ({ window, limit, offset }) => {
      const scanned = scanUsers(ctx, { scan, window });
      return ctx.db.select().from(scanned).where(tests(scanned, input)).limit(limit).offset(offset);
    },
    lastScanned: (window) => {
      const scanned = scanUsers(ctx, { scan, window });
      return ctx.db
        .select({ id: scanned.id })
        .from(scanned)
        .limit(1)
        .offset(window - 1);
    },
    count: (window) => {
      const scanned = scanUsers(ctx, { scan, window });
      const matches = sql<number>`count(*) FILTER (WHERE ${tests(scanned, input) ?? sql`true`})`;
      return ctx.db.select({ scanned: count(), matches }).from(scanned);
    },
  });
}

function scanUsers({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(users).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

function tests(scanned: ReturnType<typeof scanUsers>, { role, disabled }: UserQuery): SQL | undefined {
  return and(role && eq(scanned.role, role), disabled && eq(scanned.disabled, disabled === 'true'));
}
