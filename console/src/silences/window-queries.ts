import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { refreshSilences } from './silence-queries.ts';

export type MaintenanceWindow = Schemas['MaintenanceWindow'];

export const windowsQuery = queryOptions({
  queryKey: ['maintenance-windows'],
  queryFn: ({ signal }) => answerOf(client.GET('/maintenance-windows', { signal })),
});

const NEXT = 3;

/** The next few occurrences of a window. */
export const occurrencesQuery = (id: number) =>
  queryOptions({
    queryKey: [...windowsQuery.queryKey, 'occurrences', id],
    queryFn: ({ signal }) =>
      answerOf(
        client.GET('/maintenance-windows/{id}/occurrences', {
          params: { path: { id }, query: { limit: NEXT } },
          signal,
        }),
      ),
  });

/** A window plans its silences, so both are read again. */
export async function refreshWindows(): Promise<void> {
  await Promise.all([queryClient.invalidateQueries({ queryKey: windowsQuery.queryKey }), refreshSilences()]);
}
