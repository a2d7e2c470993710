import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { auditInserts } from '../audit/audit.ts';
import type { Context } from '../core/context.ts';
import { startEscalations } from '../escalation/start-escalations.ts';
import { markAlerted, markSuppressed } from '../events/mark-alerted.ts';
import { countSuppressed } from '../silences/match-silence.ts';
import { closeWindows } from './close-windows.ts';
import { openAlerts } from './open-alerts.ts';
import { type AlertPlan, escalates } from './plan-alerts.ts';
import { escalating, linked, silenced, wanted } from './planned.ts';
import { raiseSeverities } from './raise-severities.ts';

/** Never none: the audit row is always asked for. */
type Statements = [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]];

/**
 * The statements that do what was planned about events, as far as they still owe an alert: alerts opened and counted
 * up, silences counted, one audit row of it all, the marks of the events, and escalations. Unexecuted.
 */
export function raiseOwed(ctx: Context, { raising, suppressed, windows }: AlertPlan): Statements {
  const { db } = ctx;
  const now = ctx.clock();
  const isKeyed = raising.some(([, key]) => key !== null);
  const counts = suppressed.length > 0 ? countsOf(suppressed) : undefined;
  return [
    ...(windows.length > 0 ? [closeWindows(db, windows)] : []),
    ...(isKeyed ? raiseSeverities(db, wanted(raising)) : []),
    ...(raising.length > 0 ? [openAlerts(db, { wanted: wanted(raising), now })] : []),
    ...(counts ? [countSuppressed(db, counts)] : []),
    auditRaised(ctx, { raised: linked(raising), counts }),
    ...(counts ? [markSuppressed(db, sql`(${silenced(suppressed)}) AS silenced`)] : []),
    ...(raising.length > 0 ? [markAlerted(db, sql`(${linked(raising)}) AS raised`)] : []),
    ...(escalates(raising) ? [startEscalations(ctx, sql`(${escalating(raising, now)}) AS raised`)] : []),
  ] as BatchItem<'sqlite'>[] as Statements;
}

/** How many events each silence suppresses. */
function countsOf(suppressed: AlertPlan['suppressed']): SQL {
  return sql`(SELECT silence_id, count(*) AS n FROM (${silenced(suppressed)}) GROUP BY silence_id) AS counts`;
}

/** One row for all: the alerts that were opened, those that were joined, and how many events which silence suppressed. */
function auditRaised(ctx: Context, { raised, counts }: { raised: SQL; counts: SQL | undefined }) {
  const touched = sql`SELECT alert_id, max(event_id = raised_by) AS is_new FROM (${raised}) GROUP BY alert_id`;
  const idsOf = (which: SQL) =>
    sql`json(nullif(json_group_array(alert_id ORDER BY alert_id) FILTER (WHERE ${which}), '[]'))`;
  const suppressed = counts ? sql`(SELECT json_group_object(silence_id, n) FROM ${counts})` : sql`'{}'`;
  // A merge patch leaves out what is null.
  const after = sql`json_patch('{}', json_object('alerts', ${idsOf(sql`is_new`)}, 'joined', ${idsOf(sql`NOT is_new`)},
    'suppressed', json(nullif(${suppressed}, '{}'))))`;
  return auditInserts(ctx, {
    action: 'alert.raise',
    target: sql`'alerts'`,
    after: sql`done.after`,
    from: sql`FROM (SELECT ${after} AS after FROM (${touched})) AS done WHERE done.after <> '{}'`,
  });
}
