import { and, eq, type SQL } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { wakeEscalations } from '../escalation/wake-escalations.ts';
import { countAlerts, uncountAlerts } from '../reports/counts.ts';
import { alertChanges } from './change-alerts.ts';
import type { Alert } from './contract.ts';
import { ofIncident } from './link-alerts.ts';
import { resolving } from './resolve-alert.ts';
import { alerts } from './table.ts';

type Resolve = { incidentId: number; verdict: Alert['verdict'] | undefined; condition: SQL };

/**
 * The statements that resolve the alerts of an incident that are not resolved yet, if the condition holds, with their
 * audit rows, counts and escalations, which the last one answers. Unexecuted.
 */
export function resolveAlertsOf(ctx: Context, { incidentId, verdict, condition }: Resolve) {
  const among = and(eq(alerts.incidentId, incidentId), condition);
  const rule = resolving(ctx, verdict);
  return [
    uncountAlerts(ctx.db, among),
    ...alertChanges(ctx, { among, rule, target: ofIncident(`incident:${incidentId}`) }),
    countAlerts(ctx.db, among),
    wakeEscalations(ctx, among),
  ] as const;
}
