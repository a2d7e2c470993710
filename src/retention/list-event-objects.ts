import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { type Page, readPage } from '../db/page.ts';
import { scannedRows } from '../db/scanned-rows.ts';
import { scanOf } from '../db/seek.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventObject, EventObjectQuery } from './contract.ts';
import { eventObjects } from './table.ts';

/** A page of the manifest of the cold store, what was moved last first unless asked otherwise. */
export async function listEventObjects({ ctx, input }: Call<EventObjectQuery>): Promise<Page<EventObject>> {
  authorize(ctx.actor, 'event_object.read');
  const { db } = ctx;
  const { bounds, order } = await scanOf(db, { table: eventObjects, time: eventObjects.movedAt, query: input });
  const where = and(bounds, input.day ? eq(eventObjects.day, input.day) : undefined);
  const scan = (window: number) =>
    db.select().from(eventObjects).where(where).orderBy(order).limit(window).as('scanned');
  return readPage<EventObject>(input, scannedRows(db, { scan, tests: () => undefined }));
}
