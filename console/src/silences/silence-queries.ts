import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import type { Matcher } from '../kit/matchers.ts';

export type Silence = Schemas['Silence'];
export type SilenceState = Silence['state'];

export const SILENCE_STATES = ['active', 'scheduled', 'ended'] as const satisfies SilenceState[];

const PAGE_ROWS = 50;

export type SilenceFilters = { state: SilenceState; window?: number | undefined };

export const silenceListKey = (filters: SilenceFilters) => ['silences', filters] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

export function loadSilences(filters: SilenceFilters, { cursor, signal }: Place) {
  return answerOf(client.GET('/silences', { params: { query: { ...filters, limit: PAGE_ROWS, cursor } }, signal }));
}

export const silenceQuery = (id: number) =>
  queryOptions({
    queryKey: ['silence', id],
    queryFn: ({ signal }) => answerOf(client.GET('/silences/{id}', { params: { path: { id } }, signal })),
  });

/** How many of the newest events the matchers hold for. */
export const silencePreviewQuery = (matchers: Matcher[]) =>
  queryOptions({
    queryKey: ['silence-preview', matchers],
    queryFn: ({ signal }) => answerOf(client.POST('/silences/preview', { body: { matchers }, signal })),
    placeholderData: keepPreviousData,
  });

export async function refreshSilences(): Promise<void> {
  await Promise.all([
    queryClient.resetQueries({ queryKey: ['silences'] }),
    queryClient.invalidateQueries({ queryKey: ['silence'] }),
  ]);
}
