import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import type { AccountLink, InvitationQuery } from './contract.ts';
import { authorize } from './permissions.ts';
import { accountLinks } from './table.ts';

/** A page of the invitations that can still be used, newest first unless asked otherwise. Their tokens are not known. */
export async function listInvitations({ ctx, input }: Call<InvitationQuery>): Promise<Page<AccountLink>> {
  authorize(ctx.actor, 'user.manage');
  const scan = await scanOf(ctx.db, { table: accountLinks, time: accountLinks.createdAt, query: input });
  return readPage<AccountLink>(
    input,
    scannedRows(ctx.db, {
      scan: (window) => scanLinks(ctx, { scan, window }),
      tests: ({ kind, usedAt, expiresAt }) => and(eq(kind, 'invitation'), isNull(usedAt), gt(expiresAt, ctx.clock())),
    }),
  );
}

function scanLinks({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(accountLinks).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}
