import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { auditChange } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { ConflictError, NotFoundError, PreconditionFailedError } from '../core/errors.ts';
import { enqueueEscalations } from '../escalation/start-escalations.ts';
import { wakeEscalations } from '../escalation/wake-escalations.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import type { Alert, AlertWithEvent } from './contract.ts';
import { selectAlert } from './get-alert.ts';
import { alerts } from './table.ts';

/** What one may do to alerts: the same for one of them and for many. */
export type AlertRule = {
  action: string;
  set: SQLiteUpdateSetSource<typeof alerts>;
  /** What must hold of the alert as it is now. Of two that race, the second finds that it no longer does. */
  where: SQL | undefined;
  /** Why the condition does not hold, for the one who came second. */
  refusal: (alert: Alert) => string;
};

type Change = AlertRule & {
  id: number;
  /** The version that the caller saw, when it said so. */
  ifMatch: number | undefined;
};

/** Changes an alert on a condition, with its audit row, its counts and its escalation, and reads it back: one batch. */
export async function changeAlert(ctx: Context, change: Change): Promise<AlertWithEvent> {
  const { id, action, ifMatch } = change;
  const set = { ...change.set, version: sql`${alerts.version} + 1` };
  const where = and(eq(alerts.id, id), change.where, ifMatch ? eq(alerts.version, ifMatch) : undefined);
  const [, , changed, , woken, [found]] = await ctx.db.batch([
    uncountAlerts(ctx.db, where),
    auditChange(ctx, { table: alerts, where, set, action, target: `alert:${id}` }),
    ctx.db.update(alerts).set(set).where(where).returning({ id: alerts.id }),
    countAlerts(ctx.db, and(eq(alerts.id, id), sql`changes() > 0`)),
    wakeEscalations(ctx, eq(alerts.id, id)),
    selectAlert(ctx.db, id),
  ]);
  enqueueEscalations(ctx, woken);
  if (!found) throw new NotFoundError('alert');
  if (changed.length === 1) return found;
  if (ifMatch && found.alert.version !== ifMatch) throw new PreconditionFailedError(found.alert.version);
  throw new ConflictError(change.refusal(found.alert));
}
