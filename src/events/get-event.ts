import { eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { MovedEventError, NotFoundError } from '../core/errors.ts';
import { columnsOf } from '../db/columns.ts';
import { authorize } from '../identity/permissions.ts';
import { objectOf } from '../retention/moved.ts';
import { SHOWN, type ShownEvent } from './contract.ts';
import { events } from './table.ts';

const columns = columnsOf(events, SHOWN);

/** One event by id. */
export async function getEvent({ ctx, input }: Call<{ id: number }>): Promise<ShownEvent> {
  authorize(ctx.actor, 'event.read');
  const ofId = eq(events.id, input.id);
  const [cells] = await ctx.db.values<unknown[]>(sql`SELECT ${columns.names} FROM ${events} WHERE ${ofId}`);
  if (cells) return columns.rowOf(cells);
  const object = await objectOf(ctx, input.id);
  throw object ? new MovedEventError(object.id) : new NotFoundError('event');
}
