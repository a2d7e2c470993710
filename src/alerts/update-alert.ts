import { eq } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { ConflictError, PreconditionFailedError } from '../core/errors.ts';
import { authorize } from '../identity/permissions.ts';
import { requireTriager } from '../identity/require-triager.ts';
import { changeAlert } from './change-alert.ts';
import type { AlertPatch, AlertWithEvent } from './contract.ts';
import { getAlert } from './get-alert.ts';
import { type AlertStatus, canMove } from './lifecycle.ts';
import { becoming } from './status-change.ts';
import { alerts } from './table.ts';

type Update = { id: number; patch: AlertPatch; ifMatch: number | undefined };

/** The admin's change of any field. A status must follow the lifecycle; resolved → open reopens. */
export async function updateAlert({ ctx, input }: Call<Update>): Promise<AlertWithEvent> {
  authorize(ctx.actor, 'alert.change');
  const { id, patch, ifMatch } = input;
  const found = await getAlert({ ctx, input: { id } });
  const { alert } = found;
  if (ifMatch && ifMatch !== alert.version) throw new PreconditionFailedError(alert.version);
  if (Object.keys(patch).length === 0) return found;
  if (patch.assignee) await requireTriager({ ctx, input: { username: patch.assignee } });
  const { severity, verdict, assignee } = patch;
  return changeAlert(ctx, {
    id,
    ifMatch,
    action: 'alert.update',
    where: eq(alerts.version, alert.version),
    set: { severity, assignee, ...statusChange(ctx, { from: alert.status, to: patch.status }), verdict },
    refusal: () => 'The alert was changed by someone else in between. Look at it again.',
  });
}

function statusChange(ctx: Context, { from, to }: { from: AlertStatus; to: AlertStatus | undefined }) {
  if (to === undefined || to === from) return {};
  if (!canMove(from, to)) throw new ConflictError(`The alert is ${from}; it cannot become ${to}.`);
  return becoming(ctx, to);
}
