import { and, eq } from 'drizzle-orm';
import { deleteAlertOfEvent } from '../alerts/follow-event.ts';
import { unsettle } from '../alerts/sweep-pending.ts';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { uncountEvents } from '../reports/counts.ts';
import { lowerWatermark } from '../reports/watermark.ts';
import { leavesIdsTaken, refuseLastId } from '../retention/moved.ts';
import { events } from './table.ts';

/** Deletes an event and the alert that it raised. The audit log keeps both as they were. */
export async function deleteEvent({ ctx, input }: Call<{ id: number }>): Promise<void> {
  authorize(ctx.actor, 'event.change');
  const { id } = input;
  const where = and(eq(events.id, id), leavesIdsTaken(id));
  await refuseLastId(ctx, id);
  const [, , , , , , deleted] = await ctx.db.batch([
    ...deleteAlertOfEvent(ctx, id),
    uncountEvents(ctx.db, where),
    auditChange(ctx, { table: events, where, action: 'event.delete', target: `event:${id}` }),
    ctx.db.delete(events).where(where).returning({ id: events.id }),
    lowerWatermark(ctx.db, 'events'),
    unsettle(ctx.db),
  ]);
  if (deleted.length === 0) throw new NotFoundError('event');
}
