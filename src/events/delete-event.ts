import { and, eq } from 'drizzle-orm';
import { takeFromAlert } from '../alerts/follow-event.ts';
import { unsettle } from '../alerts/sweep-pending.ts';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { uncountEvents } from '../reports/counts.ts';
import { lowerWatermark } from '../reports/watermark.ts';
import { leavesIdsTaken } from '../retention/moved.ts';
import { events } from './table.ts';

/**
 * Deletes an event, and its alert unless that has others. The audit log keeps both as they were. The last event stays
 * while all older ones are in the cold store: of two who delete the last two at once, the second changes nothing.
 */
export async function deleteEvent({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'event.change');
  const { id } = input;
  const where = and(eq(events.id, id), leavesIdsTaken(id));
  const [, , , , , , , , , deleted, , , [left]] = await ctx.db.batch([
    ...takeFromAlert(ctx, where),
    uncountEvents(ctx.db, where),
    auditChange(ctx, { table: events, where, action: 'event.delete', target: `event:${id}` }),
    ctx.db.delete(events).where(where).returning({ id: events.id }),
    lowerWatermark(ctx.db, 'events'),
    unsettle(ctx.db),
    ctx.db.select({ id: events.id }).from(events).where(eq(events.id, id)),
  ]);
  if (left) {
    throw new ConflictError('All older events are in the cold store, so this one stays until there is a newer one.');
  }
  if (deleted.length === 0) throw new NotFoundError('event');
}
