import { inArray } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { type AlertRule, changeAlert } from './change-alert.ts';
import type { AlertWithEvent } from './contract.ts';
import { statusesBefore } from './lifecycle.ts';
import { becoming } from './status-change.ts';
import { alerts } from './table.ts';

/** Someone has seen it: open → acknowledged. Any other status is a conflict. */
export async function acknowledgeAlert({
  ctx,
  input,
}: Call<{ id: number; ifMatch: number | undefined }>): Promise<AlertWithEvent> {
  authorize(ctx.actor, 'alert.triage');
  return changeAlert(ctx, { ...input, ...acknowledging(ctx) });
}

/** Which alerts can be acknowledged, and what that changes. */
export function acknowledging(ctx: Context): AlertRule {
  return {
    action: 'alert.acknowledge',
    where: inArray(alerts.status, statusesBefore('acknowledged')),
    set: becoming(ctx, 'acknowledged'),
    refusal: (alert) => `The alert is ${alert.status}; only an open one can be acknowledged.`,
  };
}
