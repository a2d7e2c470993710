import { answerOf, client } from '../api/client.ts';
import { type MatcherDraft, matcherDraft, readList, readMatcher } from '../kit/matchers.ts';
import type { GroupingRule } from './grouping-queries.ts';

/** A grouping rule while it is written; its fields are a text with commas. */
export type RuleDraft = {
  name: string;
  matchers: MatcherDraft[];
  fields: string;
  windowSeconds: number | null;
  enabled: boolean;
};

const HOUR_S = 3600;

export function ruleDraft(rule: GroupingRule | undefined): RuleDraft {
  return {
    name: rule?.name ?? '',
    matchers: rule?.matchers.map(matcherDraft) ?? [],
    fields: rule?.fields.join(', ') ?? 'source, event_type',
    windowSeconds: rule?.window_seconds ?? HOUR_S,
    enabled: rule?.enabled ?? true,
  };
}

export function saveRule(draft: RuleDraft, id: number | undefined): Promise<GroupingRule> {
  const body = {
    name: draft.name.trim(),
    matchers: draft.matchers.map(readMatcher),
    fields: readList(draft.fields),
    window_seconds: draft.windowSeconds ?? 0,
    enabled: draft.enabled,
  };
  return id === undefined
    ? answerOf(client.POST('/grouping-rules', { body }))
    : answerOf(client.PATCH('/grouping-rules/{id}', { params: { path: { id } }, body }));
}
