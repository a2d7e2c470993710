import { and, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { inList } from '../db/in-list.ts';
import type { Incident, NewIncident } from '../incidents/contract.ts';
import { latestIncident, latestIncidentId, openIncidentIf } from '../incidents/create-incident.ts';
import { type Answers, alertChanges, selectRefused } from './change-alerts.ts';
import { linking, ofIncident } from './link-alerts.ts';
import { alerts } from './table.ts';

type Promote = { ids: number[]; incident: NewIncident };

/**
 * Opens one incident of those of these alerts that belong to none, and links them: one batch. Without such an alert
 * there is no incident either, so of two who promote the same one the second opens none.
 */
export async function promoteTogether(
  ctx: Context,
  { ids, incident }: Promote,
): Promise<Answers & { incident: Incident | undefined }> {
  const among = inList(alerts.id, ids);
  const rule = { ...linking(latestIncidentId), action: 'alert.promote' };
  const someAreFree = sql`EXISTS (SELECT 1 FROM ${alerts} WHERE ${and(among, rule.where)})`;
  const [[opened], , refused, , changed] = await ctx.db.batch([
    ...openIncidentIf(ctx, { incident, condition: someAreFree }),
    selectRefused(ctx.db, { among, rule }),
    ...alertChanges(ctx, { among, rule, target: ofIncident(latestIncident) }),
  ]);
  return { incident: opened, changed, refused, rule };
}
