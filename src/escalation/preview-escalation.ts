import type { Call } from '../core/context.ts';
import { authorize } from '../identity/permissions.ts';
import type { Preview, Trial } from './escalation-contract.ts';
import { type Policy, policyOf, selectPolicies, targetsOf } from './match-policy.ts';
import { nextStep, type Progress, type StepAction } from './next-action.ts';
import { kindOf } from './notification-of.ts';
import { readChannels } from './read-channels.ts';

const BEGUN: Progress = { startedAt: new Date(0), step: 0, round: 0, announced: 'open' };

/** Which policy an alert of such an event would have, and who would be told when if nobody acknowledged it. */
export async function previewEscalation({ ctx, input }: Call<Trial>): Promise<Preview> {
  authorize(ctx.actor, 'escalation.read');
  const { event_type: eventType, ...event } = input;
  const policy = policyOf(await selectPolicies(ctx.db), { ...event, eventType });
  const steps = policy ? allSteps(policy) : [];
  const channelOf = await readChannels(
    ctx.db,
    steps.flatMap(({ action }) => action.channelIds),
  );
  const sends = steps.map(({ at, action }) => ({
    after_seconds: at / 1000,
    kind: kindOf(action),
    step: action.step + 1,
    round: action.round + 1,
    channels: action.channelIds.map(channelOf),
  }));
  const { acknowledgeMs, resolveMs } = policy
    ? targetsOf(policy, input.severity)
    : { acknowledgeMs: null, resolveMs: null };
  return {
    policy: policy ? { id: policy.id, name: policy.name } : null,
    sends,
    targets: { acknowledge_seconds: seconds(acknowledgeMs), resolve_seconds: seconds(resolveMs) },
  };
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** Every step of every round. */
function allSteps(policy: Policy): { at: number; action: StepAction }[] {
  const steps: { at: number; action: StepAction }[] = [];
  for (let next = nextStep(policy, BEGUN); next; ) {
    steps.push(next);
    next = nextStep(policy, { ...BEGUN, step: next.action.step + 1, round: next.action.round });
  }
  return steps;
}
