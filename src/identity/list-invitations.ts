import { and, eq, gt, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import type { AccountLink, InvitationQuery } from './contract.ts';
import { authorize } from './permissions.ts';
import { accountLinks } from './table.ts';

const scanned = alias(accountLinks, 'scanned');
const columns = columnsOf(scanned);

/** A page of the invitations that can still be used, newest first unless asked otherwise. Their tokens are not known. */
export async function listInvitations({ ctx, input }: Call<InvitationQuery>): Promise<Page<AccountLink>> {
  authorize(ctx.actor, 'user.manage');
  const scan = await scanOf(ctx.db, { table: accountLinks, time: accountLinks.createdAt, query: input });
  const tests = and(eq(scanned.kind, 'invitation'), isNull(scanned.usedAt), gt(scanned.expiresAt, ctx.clock()));
  return readPage<AccountLink>(input, rowsById(ctx.db, { table: accountLinks, ...scan, tests, columns }));
}
