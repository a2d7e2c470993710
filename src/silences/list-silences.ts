import { and, eq, gt, lte, or, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { SilenceQuery, SilenceState } from './contract.ts';
import type { Silence } from './match-silence.ts';
import { silences } from './table.ts';

const scanned = alias(silences, 'scanned');
const columns = columnsOf(scanned);

/** A page of silences, newest first unless asked otherwise, the occurrences of maintenance windows included. */
export async function listSilences({ ctx, input }: Call<SilenceQuery>): Promise<Page<Silence>> {
  authorize(ctx.actor, 'silence.read');
  const now = ctx.clock();
  const scan = await scanOf(ctx.db, { table: silences, time: silences.createdAt, query: input });
  return readPage<Silence>(
    input,
    rowsById(ctx.db, { table: silences, ...scan, tests: tests({ ...input, now }), columns }),
  );
}

function tests({ state, window, now }: SilenceQuery & { now: Date }): SQL | undefined {
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
