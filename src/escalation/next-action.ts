import type { AlertStatus } from '../alerts/lifecycle.ts';
import type { Step } from './table.ts';

export const TARGETS = ['acknowledge', 'resolve'] as const;

export type TargetName = (typeof TARGETS)[number];

/** What a policy asks for. One that is gone has no steps. */
export type Plan = { steps: Step[]; repeatCount: number; repeatAfterSeconds: number };

/** How far an escalation came. `step` and `round` are those to come, from 0. */
export type Progress = { startedAt: Date; step: number; round: number; announced: AlertStatus };

/** An alert, as far as its escalation depends on it. */
export type Watched = {
  status: AlertStatus;
  acknowledgeBy: Date | null;
  acknowledgeBreachedAt: Date | null;
  resolveBy: Date | null;
  resolveBreachedAt: Date | null;
};

export type Standing = { alert: Watched; plan: Plan; progress: Progress };

export type StepAction = { type: 'step'; step: number; round: number; channelIds: number[] };

export type Action =
  | StepAction
  | { type: 'announce'; status: AlertStatus }
  | { type: 'miss'; target: TargetName; deadline: Date };

/** Something to do, and from when on, in milliseconds. */
export type Next<What extends Action = Action> = { at: number; action: What };

/** What is to be done next about an alert and when; nothing once it is over. A status is announced before all else. */
export function nextAction({ alert, plan, progress }: Standing): Next | undefined {
  if (alert.status !== progress.announced) return { at: 0, action: { type: 'announce', status: alert.status } };
  const step = alert.status === 'open' ? nextStep(plan, progress) : undefined;
  const all = [step, ...TARGETS.map((target) => nextMiss(alert, target))].filter((next) => next !== undefined);
  // Of two at one time the step is first: whom it tells hears of the missed target, too.
  return all.reduce<Next | undefined>((first, next) => (first && first.at <= next.at ? first : next), undefined);
}

/** The step to come, if nobody acknowledges before. The last one of a round is followed by the first of the next. */
export function nextStep(plan: Plan, progress: Progress): Next<StepAction> | undefined {
  const isWithin = progress.step < plan.steps.length;
  const [step, round] = isWithin ? [progress.step, progress.round] : [0, progress.round + 1];
  const wanted = plan.steps[step];
  if (!wanted || round > plan.repeatCount) return undefined;
  const at = progress.startedAt.getTime() + (round * roundSeconds(plan) + wanted.afterSeconds) * 1000;
  return { at, action: { type: 'step', step, round, channelIds: wanted.channelIds } };
}

/** From the first step of a round to the first of the next. */
function roundSeconds({ steps, repeatAfterSeconds }: Plan): number {
  return (steps.at(-1)?.afterSeconds ?? 0) - (steps[0]?.afterSeconds ?? 0) + repeatAfterSeconds;
}

function nextMiss(alert: Watched, target: TargetName): Next | undefined {
  const [deadline, missedAt, isOpen] =
    target === 'acknowledge'
      ? [alert.acknowledgeBy, alert.acknowledgeBreachedAt, alert.status === 'open']
      : [alert.resolveBy, alert.resolveBreachedAt, alert.status !== 'resolved'];
  if (!deadline || missedAt || !isOpen) return undefined;
  return { at: deadline.getTime(), action: { type: 'miss', target, deadline } };
}

/** How things stand once something was done. A reopened alert is escalated from the beginning. */
export function standingAfter(standing: Standing, { action, now }: { action: Action; now: Date }): Standing {
  const { alert, progress } = standing;
  switch (action.type) {
    case 'step':
      return { ...standing, progress: { ...progress, step: action.step + 1, round: action.round } };
    case 'miss':
      return { ...standing, alert: { ...alert, [`${action.target}BreachedAt`]: action.deadline } };
    case 'announce': {
      const begun = action.status === 'open' ? { startedAt: now, step: 0, round: 0 } : {};
      return { ...standing, progress: { ...progress, ...begun, announced: action.status } };
    }
  }
}
