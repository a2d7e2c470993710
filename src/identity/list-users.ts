import { and, eq, type SQL } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import type { User, UserQuery } from './contract.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

/** A page of people, newest first unless asked otherwise. */
export async function listUsers({ ctx, input }: Call<UserQuery>): Promise<Page<User>> {
  authorize(ctx.actor, 'user.manage');
  const scan = await scanOf(ctx.db, { table: users, time: users.createdAt, query: input });
  return readPage<User>(
    input,
    scannedRows(ctx.db, {
      scan: (window) => scanUsers(ctx, { scan, window }),
      tests: (scanned) => tests(scanned, input),
    }),
  );
}

function scanUsers({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(users).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

function tests(scanned: ReturnType<typeof scanUsers>, { role, disabled }: UserQuery): SQL | undefined {
  return and(role && eq(scanned.role, role), disabled && eq(scanned.disabled, disabled === 'true'));
}
