import { and, isNull, type SQL, sql } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { NotFoundError } from '../core/errors.ts';
import { inList } from '../db/in-list.ts';
import { authorize } from '../identity/permissions.ts';
import { isIncidentPresent, presentIncident } from '../incidents/get-incident.ts';
import { incidents } from '../incidents/table.ts';
import type { AlertRule } from './change-alert.ts';
import { type Answers, alertChanges, selectRefused } from './change-alerts.ts';
import type { LinkResult } from './incident-contract.ts';
import { alerts } from './table.ts';

type Link = { id: number; alert_ids: number[] };

/** Makes those of these alerts that belong to no incident part of this one. The incident itself does not change. */
export async function linkAlerts({ ctx, input }: Call<Link>): Promise<LinkResult[]> {
  authorize(ctx.actor, 'alert.triage');
  const { id: incidentId, alert_ids: ids } = input;
  const answers = await linkTo(ctx, { incidentId, ids });
  if (!answers) throw new NotFoundError('incident');
  const linked = new Set(answers.changed.map(({ id }) => id));
  const others = new Map(answers.refused.map((alert) => [alert.id, alert]));
  return ids.map((id) => {
    const other = others.get(id);
    if (linked.has(id)) return { id, outcome: 'linked' };
    if (!other) return { id, outcome: 'not_found' };
    if (other.incidentId === incidentId) return { id, outcome: 'already_linked' };
    return { id, outcome: 'in_another_incident', detail: answers.rule.refusal(other) };
  });
}

/** Links alerts to an incident, with an audit row each: one batch. Undefined when there is no such incident. */
export async function linkTo(
  ctx: Context,
  { incidentId, ids }: { incidentId: number; ids: number[] },
): Promise<Answers | undefined> {
  const rule = linking(incidentId);
  const among = and(inList(alerts.id, ids), isIncidentPresent(incidentId));
  const [[incident], refused, , changed] = await ctx.db.batch([
    ctx.db.select({ id: incidents.id }).from(incidents).where(presentIncident(incidentId)),
    selectRefused(ctx.db, { among, rule }),
    ...alertChanges(ctx, { among, rule, target: ofIncident(`incident:${incidentId}`) }),
  ]);
  return incident && { changed, refused, rule };
}

/** Which alerts can become part of an incident, whose id this is, and what that changes. */
export function linking(incidentId: number | SQL): AlertRule {
  return {
    action: 'alert.link',
    where: isNull(alerts.incidentId),
    set: { incidentId },
    refusal: (alert) => `The alert belongs to incident ${alert.incidentId}.`,
  };
}

/** The audit target of an alert as part of an incident, `incident:17/alert:3`: the incident's timeline shows it. */
export function ofIncident(incident: string | SQL): SQL {
  return sql`${incident} || '/alert:' || ${alerts.id}`;
}
