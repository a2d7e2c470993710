import type { Call } from '../core/context.ts';
import { columnsOf } from '../db/columns.ts';
import { type Page, readPage } from '../db/page.ts';
import { sortedRows } from '../db/sorted-rows.ts';
import { authorize } from '../identity/permissions.ts';
import { type EventQuery, SHOWN, type ShownEvent } from './contract.ts';
import { matchEvents, scanned } from './match-events.ts';

const columns = columnsOf(scanned, SHOWN);

/** A page of events, newest first unless asked otherwise. */
export async function listEvents({ ctx, input }: Call<EventQuery>): Promise<Page<ShownEvent>> {
  authorize(ctx.actor, 'event.read');
  const matching = await matchEvents(ctx.db, input);
  return readPage<ShownEvent>(input, sortedRows(ctx.db, { ...matching, columns, cursorOf: ({ id }) => id }));
}
