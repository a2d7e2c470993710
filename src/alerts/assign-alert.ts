import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { usernameOf } from '../core/actor.ts';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { requireTriager } from '../identity/require-triager.ts';
import { type AlertRule, changeAlert } from './change-alert.ts';
import type { Alert, AlertWithEvent } from './contract.ts';
import { alerts } from './table.ts';

type Assign = { id: number; assignee: string | null; ifMatch: number | undefined };

/**
 * Hands an alert that is not resolved to an analyst or admin, or to nobody. Free ones and one's own may be handed
 * on; taking one from somebody else needs If-Match, so that of two who take it at once the second learns of it.
 */
export async function assignAlert({ ctx, input }: Call<Assign>): Promise<AlertWithEvent> {
  authorize(ctx.actor, 'alert.triage');
  const { id, assignee, ifMatch } = input;
  if (assignee !== null) await requireTriager({ ctx, input: { username: assignee } });
  return changeAlert(ctx, { id, ifMatch, ...assigning(ctx, { assignee, mayTake: ifMatch !== undefined }) });
}

/** Which alerts can be assigned so, and what that changes. `mayTake`: also those that somebody else has. */
export function assigning(
  ctx: Context,
  { assignee, mayTake = false }: { assignee: string | null; mayTake?: boolean },
): AlertRule {
  const isFree = or(isNull(alerts.assignee), eq(alerts.assignee, usernameOf(ctx.actor) ?? ''));
  return {
    action: 'alert.assign',
    where: and(ne(alerts.status, 'resolved'), sql`${alerts.assignee} IS NOT ${assignee}`, mayTake ? undefined : isFree),
    set: { assignee },
    refusal: (alert) => refusal(alert, assignee),
  };
}

function refusal(alert: Alert, assignee: string | null): string {
  if (alert.status === 'resolved') return 'The alert is resolved; nobody has to look at it.';
  if (alert.assignee === assignee)
    return `The alert is ${assignee ? `assigned to ${assignee}` : 'unassigned'} already.`;
  return `The alert is assigned to ${alert.assignee}. To take it over, send the version you saw as If-Match.`;
}
