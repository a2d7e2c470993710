import { inArray } from 'drizzle-orm';
import type { Call, Context } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import { type AlertRule, changeAlert } from './change-alert.ts';
import type { Alert, AlertWithEvent } from './contract.ts';
import { statusesBefore } from './lifecycle.ts';
import { becoming } from './status-change.ts';
import { alerts } from './table.ts';

type Verdict = Alert['verdict'] | undefined;

type Resolve = { id: number; verdict?: Verdict; ifMatch: number | undefined };

/** It is over: open or acknowledged → resolved, with what it turned out to be if that is known. */
export async function resolveAlert({ ctx, input }: Call<Resolve>): Promise<AlertWithEvent> {
  authorize(ctx.actor, 'alert.triage');
  const { id, verdict, ifMatch } = input;
  return changeAlert(ctx, { id, ifMatch, ...resolving(ctx, verdict) });
}

/** Which alerts can be resolved, and what that changes. Without a verdict they keep the one that they have. */
export function resolving(ctx: Context, verdict: Verdict): AlertRule {
  return {
    action: 'alert.resolve',
    where: inArray(alerts.status, statusesBefore('resolved')),
    set: { ...becoming(ctx, 'resolved'), verdict },
    refusal: () => 'The alert is resolved already.',
  };
}
