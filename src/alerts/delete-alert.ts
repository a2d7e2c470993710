import { and, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { auditChange } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { NotFoundError, PreconditionFailedError } from '../core/errors.ts';
import { dropEscalation } from '../escalation/wake-escalations.ts';
import { forgetAlert } from '../events/mark-alerted.ts';
import { authorize } from '../identity/permissions.ts';
import { uncountAlerts } from '../reports/counts.ts';
import { lowerWatermark } from '../reports/watermark.ts';
import { alerts } from './table.ts';

/** Deletes an alert. Its events stay and do not raise another. */
export async function deleteAlert({ ctx, input }: Call<{ id: number; ifMatch: number | undefined }>): Promise<void> {
  authorize(ctx.actor, 'alert.change');
  const { id, ifMatch } = input;
  const where = and(eq(alerts.id, id), ifMatch ? eq(alerts.version, ifMatch) : undefined);
  const gone = (column: SQLWrapper) => sql`(SELECT ${column} FROM ${alerts} WHERE ${where})`;
  const [, , , deleted, , , [left]] = await ctx.db.batch([
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, action: 'alert.delete', target: `alert:${id}` }),
    forgetAlert(ctx.db, { id: gone(alerts.id), eventId: gone(alerts.eventId) }),
    ctx.db.delete(alerts).where(where).returning({ id: alerts.id }),
    lowerWatermark(ctx.db, 'alerts'),
    dropEscalation(ctx.db, id),
    ctx.db.select({ version: alerts.version }).from(alerts).where(eq(alerts.id, id)),
  ]);
  if (left) throw new PreconditionFailedError(left.version);
  if (deleted.length === 0) throw new NotFoundError('alert');
}
