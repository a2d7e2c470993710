import type { Severity } from '../core/severity.ts';
import { raisesAlert, SEVERITIES } from '../core/severity.ts';
import { type Policy, policyOf, targetsOf } from '../escalation/match-policy.ts';
import type { Owed } from '../events/select-owed.ts';
import type { GroupingRule } from '../grouping/contract.ts';
import { keyOf } from '../grouping/key-of.ts';
import { type Silence, silenceOf } from '../silences/match-silence.ts';

type Known = { owed: Owed[]; rules: GroupingRule[]; silences: Silence[]; policies: Policy[] };

/** An event, its key, and what becomes of the alert if it raises one: policy, when there is first something to do, targets. */
export type Raising = [
  eventId: number,
  key: string | null,
  policyId?: number,
  dueMs?: number | null,
  acknowledgeMs?: number | null,
  resolveMs?: number | null,
];

/** What shall become of events that owe an alert, decided from what was read. Whether they still do says the database. */
export type AlertPlan = {
  raising: Raising[];
  /** The event and the silence that keeps it from raising an alert. */
  suppressed: [eventId: number, silenceId: number][];
  /** Keys whose alert takes no further event if none came since this time. */
  windows: [key: string, sinceMs: number][];
};

/** Whether an alert of these events would have a policy. */
export function escalates(raising: Raising[]): boolean {
  return raising.some(([, , policyId]) => policyId !== undefined);
}

/** Decides for each event: silenced, joined with others under a key, or alone. */
export function planAlerts({ owed, rules, silences, policies }: Known): AlertPlan {
  const silenced = owed.map((event) => ({
    event,
    silence: silenceOf(silences, { subject: event, at: event.timestamp }),
  }));
  const heard = silenced.flatMap(({ event, silence }) => (silence ? [] : [{ event, ...keyOf(event, rules) }]));
  const groups = [...Map.groupBy(heard, ({ event, key }) => key ?? event.id).values()];
  return {
    suppressed: silenced.flatMap(({ event, silence }) => (silence ? [[event.id, silence.id]] : [])),
    raising: groups.flatMap((group) => {
      const fate = fateOf(
        policies,
        group.map(({ event }) => event),
      );
      return group.map(({ event, key = null }): Raising => [event.id, key, ...fate]);
    }),
    windows: groups.flatMap(([first]) =>
      first?.key && first.windowMs ? [[first.key, first.event.timestamp.getTime() - first.windowMs]] : [],
    ),
  };
}

type Fate = [] | [policyId: number, dueMs: number | null, acknowledgeMs: number | null, resolveMs: number | null];

/** What the policy of the first of these events asks for, by the highest severity among them. */
function fateOf(policies: Policy[], [first, ...others]: Owed[]): Fate {
  const policy = first && policyOf(policies, first);
  if (!policy) return [];
  const { acknowledgeMs, resolveMs } = targetsOf(policy, highest([first, ...others]));
  const firstStep = policy.steps[0];
  const due = [firstStep && firstStep.afterSeconds * 1000, acknowledgeMs, resolveMs].filter(
    (ms) => typeof ms === 'number',
  );
  return [policy.id, due.length > 0 ? Math.min(...due) : null, acknowledgeMs, resolveMs];
}

/** The highest severity among these. One that was lowered since still owes the alert that it was accepted with. */
function highest(some: Owed[]): Severity {
  const ranks = some.map(({ severity }) => SEVERITIES.indexOf(raisesAlert(severity) ? severity : 'high'));
  return SEVERITIES[Math.max(...ranks)] ?? 'high';
}
