import { inArray, sql } from 'drizzle-orm';
import type { Alert } from '../alerts/contract.ts';
import { resolveAlertsOf } from '../alerts/resolve-with-incident.ts';
import type { Call, Context } from '../core/context.ts';
import { enqueueEscalations } from '../escalation/start-escalations.ts';
import { authorize } from '../identity/permissions.ts';
import { changeIncident, type IncidentChange, incidentChange } from './change-incident.ts';
import type { Incident } from './contract.ts';
import { statusesBefore } from './lifecycle.ts';
import { incidents } from './table.ts';
import { moveTo } from './update-incident.ts';

type Resolve = {
  id: number;
  ifMatch: number | undefined;
  resolve_alerts?: boolean | undefined;
  verdict?: Alert['verdict'] | undefined;
};

/** It is over: open or mitigated → resolved, with its alerts if so asked. Who is refused leaves them as they are. */
export async function resolveIncident({ ctx, input }: Call<Resolve>): Promise<Incident> {
  authorize(ctx.actor, 'incident.change');
  const { id, ifMatch, resolve_alerts: withAlerts = false, verdict } = input;
  if (!withAlerts) return changeIncident(ctx, resolution(ctx, { id, ifMatch }));
  authorize(ctx.actor, 'alert.triage');
  const { where, statements, refusal } = incidentChange(ctx, resolution(ctx, { id, ifMatch }));
  const willResolve = sql`EXISTS (SELECT 1 FROM ${incidents} WHERE ${where})`;
  const [, , , , woken, , , [resolved], , [found]] = await ctx.db.batch([
    ...resolveAlertsOf(ctx, { incidentId: id, verdict, condition: willResolve }),
    ...statements,
  ]);
  enqueueEscalations(ctx, woken);
  if (resolved) return resolved;
  throw refusal(found);
}

function resolution(ctx: Context, { id, ifMatch }: Pick<Resolve, 'id' | 'ifMatch'>): IncidentChange {
  return {
    id,
    ifMatch,
    action: 'incident.resolve',
    anybodys: 'incident.change_any',
    where: inArray(incidents.status, statusesBefore('resolved')),
    set: moveTo(ctx, 'resolved'),
    refusal: () => 'The incident is resolved already.',
  };
}
