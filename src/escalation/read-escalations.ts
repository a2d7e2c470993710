import { and, asc, eq, lte, type SQL } from 'drizzle-orm';
import { alerts } from '../alerts/table.ts';
import type { Context } from '../core/context.ts';
import { events } from '../events/table.ts';
import type { Plan, Standing } from './next-action.ts';
import { escalationPolicies, escalations } from './table.ts';

/** What is known of an escalation: itself, its alert with the event that raised it, and its policy if that is there. */
export type Escalating = Awaited<ReturnType<typeof readEscalations>>[number];

const ENDED: Plan = { steps: [], repeatCount: 0, repeatAfterSeconds: 0 };

/**
 * The escalations for which this holds, the longest due first. SQLite gives the id of a deleted policy again: what was
 * started before a policy is not its.
 */
export async function readEscalations({ db }: Context, { where, limit }: { where: SQL | undefined; limit: number }) {
  const { source, eventType, description } = events;
  const { id, createdAt } = escalationPolicies;
  return db
    .select({
      escalation: escalations,
      alert: alerts,
      event: { source, eventType, description },
      policy: escalationPolicies,
    })
    .from(escalations)
    .innerJoin(alerts, eq(alerts.id, escalations.alertId))
    .innerJoin(events, eq(events.id, alerts.eventId))
    .leftJoin(escalationPolicies, and(eq(id, escalations.policyId), lte(createdAt, escalations.startedAt)))
    .where(where)
    .orderBy(asc(escalations.dueAt), asc(escalations.alertId))
    .limit(limit);
}

/** How things stand, for the decision what is next. */
export function standingOf({ alert, escalation, policy }: Escalating): Standing {
  return { alert, plan: policy ?? ENDED, progress: escalation };
}
