import { eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { MovedEventError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { objectOf } from '../retention/moved.ts';
import type { StoredEvent } from './contract.ts';
import { events } from './table.ts';

/** One event by id. */
export async function getEvent({ ctx, input }: Call<{ id: number }>): Promise<StoredEvent> {
  authorize(ctx.actor, 'event.read');
  const [event] = await ctx.db.select().from(events).where(eq(events.id, input.id));
  if (event) return event;
  const object = await objectOf(ctx, input.id);
  throw object ? new MovedEventError(object.id) : new NotFoundError('event');
}
