import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import type { User, UserQuery } from './contract.ts';
import { authorize } from './permissions.ts';
import { users } from './table.ts';

const scanned = alias(users, 'scanned');
const columns = columnsOf(scanned);

/** A page of people, newest first unless asked otherwise. */
export async function listUsers({ ctx, input }: Call<UserQuery>): Promise<Page<User>> {
  authorize(ctx.actor, 'user.manage');
  const { role, disabled } = input;
  const scan = await scanOf(ctx.db, { table: users, time: users.createdAt, query: input });
  const tests = and(role && eq(scanned.role, role), disabled && eq(scanned.disabled, disabled === 'true'));
  return readPage<User>(input, rowsById(ctx.db, { table: users, ...scan, tests, columns }));
}
