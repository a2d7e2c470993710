import { DAY_MS } from '../core/clock.ts';
import type { Call, Context } from '../core/context.ts';
import { selectPolicies } from '../escalation/match-policy.ts';
import { enqueueEscalations, type Started } from '../escalation/start-escalations.ts';
import { selectOwed } from '../events/select-owed.ts';
import { selectRules } from '../grouping/select-rules.ts';
import { authorize } from '../identity/permissions.ts';
import { selectSilences } from '../silences/match-silence.ts';
import { type AlertPlan, escalates, planAlerts } from './plan-alerts.ts';
import { raiseOwed } from './raise-owed.ts';

// As many as one message names. Their attributes are held in memory, and what is decided goes back as one parameter.
const CHUNK = 1_000;

/**
 * Gives each of these events what it owes: an alert of its own, the open alert of its key, or none because of a silence.
 * What is needed is read in one batch, and what was decided is written in another, for those that still owe it then: an
 * event that is gone, or has its alert, is passed over, so calling it twice or from two places at once changes nothing.
 * Returns how many events it found owing.
 */
export async function raiseAlerts({ ctx, input }: Call<{ eventIds: number[] }>): Promise<number> {
  authorize(ctx.actor, 'alert.raise');
  const ids = [...new Set(input.eventIds)];
  let owing = 0;
  for (let at = 0; at < ids.length; at += CHUNK) owing += await raiseSome(ctx, ids.slice(at, at + CHUNK));
  return owing;
}

async function raiseSome(ctx: Context, ids: number[]): Promise<number> {
  const plan = await planRaising(ctx, selectOwed(ctx.db, ids));
  if (!plan) return 0;
  announceRaised(ctx, { plan, results: await ctx.db.batch(raiseOwed(ctx, plan)) });
  return plan.raising.length + plan.suppressed.length;
}

type Owing = ReturnType<typeof selectOwed>;

/** Decides about the events that a statement reads. Nothing when there is none. One batch. */
export async function planRaising({ db, clock }: Context, owing: Owing): Promise<AlertPlan | undefined> {
  const now = clock();
  const [owed, rules, silences, policies] = await db.batch([
    owing,
    selectRules(db),
    selectSilences(db, { from: new Date(now.getTime() - DAY_MS), to: now }),
    selectPolicies(db),
  ]);
  return owed.length > 0 ? planAlerts({ owed, rules, silences, policies }) : undefined;
}

/** Sends what the batch asks for: its last statement answers the escalations that it started, if it started any. */
export function announceRaised(
  ctx: Context,
  { plan, results }: { plan: AlertPlan; results: readonly unknown[] },
): void {
  if (escalates(plan.raising)) enqueueEscalations(ctx, results.at(-1) as Started[]);
}
