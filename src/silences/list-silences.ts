import { and, eq, gt, lte, or, type SQL } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { type Scan, scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { SilenceQuery, SilenceState } from './contract.ts';
import type { Silence } from './match-silence.ts';
import { silences } from './table.ts';

/** A page of silences, newest first unless asked otherwise, the occurrences of maintenance windows included. */
export async function listSilences({ ctx, input }: Call<SilenceQuery>): Promise<Page<Silence>> {
  authorize(ctx.actor, 'silence.read');
  const now = ctx.clock();
  const scan = await scanOf(ctx.db, { table: silences, time: silences.createdAt, query: input });
  return readPage<Silence>(
    input,
    scannedRows(ctx.db, {
      scan: (window) => scanSilences(ctx, { scan, window }),
      tests: (scanned) => tests(scanned, { ...input, now }),
    }),
  );
}

/** The first `window` silences in list order, along the primary key. */
function scanSilences({ db }: Context, { scan, window }: { scan: Scan; window: number }) {
  return db.select().from(silences).where(scan.bounds).orderBy(scan.order).limit(window).as('scanned');
}

type Scanned = ReturnType<typeof scanSilences>;

function tests(scanned: Scanned, { state, window, now }: SilenceQuery & { now: Date }): SQL | undefined {
  const isIn: Record<SilenceState, SQL | undefined> = {
    ended: lte(scanned.endsAt, now),
    active: and(lte(scanned.startsAt, now), gt(scanned.endsAt, now)),
    scheduled: and(gt(scanned.startsAt, now), gt(scanned.endsAt, now)),
  };
  return and(
    state && or(...[...new Set(state)].map((one) => isIn[one])),
    window ? eq(scanned.windowId, window) : undefined,
  );
}
