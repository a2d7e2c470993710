import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { isIncidentPresent } from '../incidents/get-incident.ts';
import { alertChanges } from './change-alerts.ts';
import { ofIncident } from './link-alerts.ts';
import { alerts } from './table.ts';

/** Takes an alert out of an incident. Of two who do it at once, the second finds no such alert in it. */
export async function unlinkAlert({ ctx, input }: Call<{ id: number; alert_id: number }>): Promise<void> {
  authorize(ctx.actor, 'alert.triage');
  const { id, alert_id: alertId } = input;
  const among = and(eq(alerts.id, alertId), isIncidentPresent(id));
  const rule = { action: 'alert.unlink', where: eq(alerts.incidentId, id), set: { incidentId: null } };
  const [, changed] = await ctx.db.batch(alertChanges(ctx, { among, rule, target: ofIncident(`incident:${id}`) }));
  if (changed.length === 0) throw new NotFoundError('alert in this incident');
}
