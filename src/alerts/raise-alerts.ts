import { sql } from 'drizzle-orm';
import { auditInsert } from '../audit/audit.ts';
import type { Call } from '../core/context.ts';
import { markAlerted, owesAlert } from '../events/mark-alerted.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { alerts } from './table.ts';

/**
 * Raises the alerts that these events owe: one each, the event's mark and one audit row that lists them, in one
 * batch. An event that is gone, or has its alert, is passed over, so calling it twice or from two places at once
 * changes nothing. Returns how many were raised.
 */
export async function raiseAlerts({ ctx, input }: Call<{ eventIds: number[] }>): Promise<number> {
  authorize(ctx.actor, 'alert.raise');
  const now = ctx.clock().getTime();
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(input.eventIds)}))`;
  const raised = sql`SELECT json_group_array(${alerts.id}) FROM ${alerts}
    JOIN ${events} ON ${events.id} = ${alerts.eventId} WHERE ${owesAlert(ids)}`;
  const [inserted] = await ctx.db.batch([
    ctx.db.run(sql`
      INSERT INTO ${alerts} (event_id, severity, first_seen, last_seen, dedup_key, created_at)
      SELECT ${events.id}, ${events.severity}, ${events.timestamp}, ${events.timestamp}, ${events.dedupKey}, ${now}
      FROM ${events} WHERE ${owesAlert(ids)} ORDER BY ${events.id}
      ON CONFLICT DO NOTHING`),
    auditInsert(ctx, {
      action: 'alert.raise',
      target: sql`'alert:' || last_insert_rowid()`,
      after: sql`json_object('alerts', json((${raised})))`,
    }),
    markAlerted(ctx.db, {
      ids,
      alertId: sql`(SELECT ${alerts.id} FROM ${alerts} WHERE ${alerts.eventId} = ${events.id})`,
    }),
  ]);
  return inserted.meta.changes;
}
