import { answerOf, client } from '../api/client.ts';
import { type MatcherDraft, matcherDraft, readMatcher } from '../kit/matchers.ts';
import type { Policy } from './policy-queries.ts';

export type StepDraft = { afterSeconds: number | null; channelIds: number[] };

export const SEVERITIES = ['critical', 'high'] as const;

type TargetDraft = { acknowledge_seconds: number | null; resolve_seconds: number | null };

/** A policy while it is written. */
export type PolicyDraft = {
  name: string;
  matchers: MatcherDraft[];
  steps: StepDraft[];
  repeatCount: number;
  repeatAfter: number | null;
  targets: Record<(typeof SEVERITIES)[number], TargetDraft>;
  enabled: boolean;
};

const NO_TARGET: TargetDraft = { acknowledge_seconds: null, resolve_seconds: null };
const HALF_HOUR_S = 1800;

export function policyDraft(policy: Policy | undefined): PolicyDraft {
  return {
    name: policy?.name ?? '',
    matchers: policy?.matchers.map(matcherDraft) ?? [],
    steps: policy?.steps.map(stepDraft) ?? [{ afterSeconds: 0, channelIds: [] }],
    repeatCount: policy?.repeat.count ?? 0,
    repeatAfter: policy?.repeat.after_seconds ?? HALF_HOUR_S,
    targets: { critical: policy?.targets.critical ?? NO_TARGET, high: policy?.targets.high ?? NO_TARGET },
    enabled: policy?.enabled ?? true,
  };
}

const stepDraft = ({ after_seconds, channel_ids }: Policy['steps'][number]): StepDraft => ({
  afterSeconds: after_seconds,
  channelIds: channel_ids,
});

const STEP_S = 900;

/** A step more, a quarter of an hour after the last one. */
export function nextStep(steps: readonly StepDraft[]): StepDraft {
  const last = steps.at(-1)?.afterSeconds;
  return { afterSeconds: last === undefined || last === null ? 0 : last + STEP_S, channelIds: [] };
}

export function savePolicy(draft: PolicyDraft, id: number | undefined): Promise<Policy> {
  const body = {
    name: draft.name.trim(),
    matchers: draft.matchers.map(readMatcher),
    steps: draft.steps.map(({ afterSeconds, channelIds }) => ({
      after_seconds: afterSeconds ?? 0,
      channel_ids: channelIds,
    })),
    repeat: { count: draft.repeatCount, after_seconds: draft.repeatAfter ?? 0 },
    targets: draft.targets,
    enabled: draft.enabled,
  };
  return id === undefined
    ? answerOf(client.POST('/escalation-policies', { body }))
    : answerOf(client.PATCH('/escalation-policies/{id}', { params: { path: { id } }, body }));
}
