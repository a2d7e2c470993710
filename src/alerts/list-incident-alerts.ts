import type { Call } from '../core/context.ts';
import type { Page } from '../db/page.ts';
import { authorize } from '../identity/permissions.ts';
import { getIncident } from '../incidents/get-incident.ts';
import type { AlertQuery, AlertWithEvent } from './contract.ts';
import { listAlerts } from './list-alerts.ts';

type List = { id: number; query: Omit<AlertQuery, 'incident'> };

/** A page of the alerts of an incident, which must be there. */
export async function listIncidentAlerts({ ctx, input }: Call<List>): Promise<Page<AlertWithEvent & { id: number }>> {
  authorize(ctx.actor, 'alert.read');
  const { id, query } = input;
  const [found] = await Promise.all([
    listAlerts({ ctx, input: { ...query, incident: id } }),
    getIncident({ ctx, input: { id } }),
  ]);
  return found;
}
