import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';

export type GroupingRule = Schemas['GroupingRule'];

export const groupingRulesQuery = queryOptions({
  queryKey: ['grouping-rules'],
  queryFn: ({ signal }) => answerOf(client.GET('/grouping-rules', { signal })),
});

type Trial = Pick<GroupingRule, 'matchers' | 'fields'>;

/** How the newest events would group by a rule. */
export const groupingPreviewQuery = (trial: Trial) =>
  queryOptions({
    queryKey: ['grouping-preview', trial],
    queryFn: ({ signal }) => answerOf(client.POST('/grouping-rules/preview', { body: trial, signal })),
    placeholderData: keepPreviousData,
  });

export const refreshGroupingRules = () => queryClient.invalidateQueries({ queryKey: groupingRulesQuery.queryKey });
