import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';

export type Policy = Schemas['EscalationPolicy'];
export type Trial = Schemas['EscalationTrial'];

export const policiesQuery = queryOptions({
  queryKey: ['escalation-policies'],
  queryFn: ({ signal }) => answerOf(client.GET('/escalation-policies', { signal })),
});

/** Which policy an event would have, and who would be told when. */
export const escalationPreviewQuery = (trial: Trial) =>
  queryOptions({
    queryKey: [...policiesQuery.queryKey, 'preview', trial],
    queryFn: ({ signal }) => answerOf(client.POST('/escalation-policies/preview', { body: trial, signal })),
    placeholderData: keepPreviousData,
  });

export const refreshPolicies = () => queryClient.invalidateQueries({ queryKey: policiesQuery.queryKey });
