import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';

const PAGE_ROWS = 50;

export const linkedAlertsKey = (id: number) => ['incident', id, 'alerts'] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

export function loadLinkedAlerts(id: number, { cursor, signal }: Place) {
  const params = { path: { id }, query: { limit: PAGE_ROWS, cursor } };
  return answerOf(client.GET('/incidents/{id}/alerts', { params, signal }));
}

/** How many of its alerts are not resolved. */
export const linkedOpenQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id, 'open-alerts'],
    queryFn: ({ signal }) => {
      const params = { path: { id }, query: { status: 'open,acknowledged', page: 1, limit: 1 } };
      return answerOf(client.GET('/incidents/{id}/alerts', { params, signal }));
    },
    staleTime: 0,
  });

/** The newest alerts at work, to choose from. */
export const alertsAtWorkQuery = queryOptions({
  queryKey: ['alerts-at-work'],
  queryFn: ({ signal }) =>
    answerOf(client.GET('/alerts', { params: { query: { status: 'open,acknowledged', limit: 100 } }, signal })),
  staleTime: 0,
});
