import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { newerOf } from '../kit/newer-of.ts';
import type { AlertFilters } from './alert-filters.ts';
import type { Alert } from './alert-values.ts';

export const PAGE_ROWS = 100;

export const alertQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: async ({ signal, client: queries, queryKey }) => {
      const found = await answerOf(client.GET('/alerts/{id}', { params: { path: { id } }, signal }));
      return newerOf(queries.getQueryData<Alert>(queryKey), found);
    },
  });

/** What the keys of all lists of alerts begin with. */
export const ALERT_LISTS = ['alerts'] as const;

export const alertListKey = (filters: AlertFilters) => [...ALERT_LISTS, filters] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

export function loadAlerts(filters: AlertFilters, { cursor, signal }: Place) {
  const query = { ...filters, limit: PAGE_ROWS, cursor };
  return answerOf(client.GET('/alerts', { params: { query }, signal }));
}

/** These alerts as they are now, a hundred at most. Those that are gone are left out. */
export async function loadAlertsById(ids: readonly number[]) {
  const query = { id: ids.join(','), limit: PAGE_ROWS };
  return (await answerOf(client.GET('/alerts', { params: { query } }))).data;
}

export const alertFacetsQuery = (filters: AlertFilters) =>
  queryOptions({
    queryKey: ['alert-facets', filters],
    queryFn: ({ signal }) => answerOf(client.GET('/alerts/facets', { params: { query: filters }, signal })),
  });

export const alertEventsQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert', id, 'events'],
    queryFn: ({ signal }) =>
      answerOf(client.GET('/alerts/{id}/events', { params: { path: { id }, query: { limit: 20 } }, signal })),
  });

export const escalationQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert', id, 'escalation'],
    queryFn: ({ signal }) => answerOf(client.GET('/alerts/{id}/escalation', { params: { path: { id } }, signal })),
  });
