import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { scanOf } from '../db/seek.ts';
import { rowsById } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventObject, EventObjectQuery } from './contract.ts';
import { eventObjects } from './table.ts';

const columns = columnsOf(alias(eventObjects, 'scanned'));

/** A page of the manifest of the cold store, what was moved last first unless asked otherwise. */
export async function listEventObjects({ ctx, input }: Call<EventObjectQuery>): Promise<Page<EventObject>> {
  authorize(ctx.actor, 'event_object.read');
  const { db } = ctx;
  const scan = await scanOf(db, { table: eventObjects, time: eventObjects.movedAt, query: input });
  const bounds = and(scan.bounds, input.day ? eq(eventObjects.day, input.day) : undefined);
  return readPage<EventObject>(input, rowsById(db, { table: eventObjects, ...scan, bounds, columns }));
}
