import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { SavedView, SavedViewQuery } from './contract.ts';
import { savedViews } from './table.ts';
import { isVisible } from './whose.ts';

const scanned = alias(savedViews, 'scanned');
const columns = columnsOf(scanned);

/** A page of one's own views and those that others share, newest first unless asked otherwise. */
export async function listSavedViews({ ctx, input }: Call<SavedViewQuery>): Promise<Page<SavedView>> {
  authorize(ctx.actor, 'view.read');
  const scan = await scanOf(ctx.db, { table: savedViews, time: savedViews.createdAt, query: input });
  const tests = and(isVisible(ctx, scanned), input.screen && eq(scanned.screen, input.screen));
  return readPage<SavedView>(input, rowsById(ctx.db, { table: savedViews, ...scan, tests, columns }));
}
