import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import type { StoredEvent } from './contract.ts';
import { events } from './table.ts';

/** One event by id. */
export async function getEvent({ ctx, input }: Call<{ id: number }>): Promise<StoredEvent> {
  authorize(ctx.actor, 'event.read');
  const [event] = await ctx.db.select().from(events).where(eq(events.id, input.id));
  if (!event) throw new NotFoundError('event');
  return event;
}
