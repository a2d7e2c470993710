import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { readChoices, remaining } from '../kit/choices.ts';
import type { EventSearch } from './event-search.ts';

export type SecurityEvent = Schemas['Event'];

export const EVENT_SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies SecurityEvent['severity'][];

export const PAGE_ROWS = 100;

export const eventQuery = (id: number) =>
  queryOptions({
    queryKey: ['event', id],
    queryFn: ({ signal }) => answerOf(client.GET('/events/{id}', { params: { path: { id } }, signal })),
  });

/** The filters of the API that a search in the address stands for. */
export function eventFilters({ severity, source, event_type, ...search }: EventSearch) {
  const { by: _by, preview: _preview, ...others } = search;
  return {
    ...others,
    severity: remaining(readChoices(severity), EVENT_SEVERITIES),
    source: readChoices(source).include[0],
    not_source: readChoices(source).exclude.join(',') || undefined,
    event_type: readChoices(event_type).include.join(',') || undefined,
    not_event_type: readChoices(event_type).exclude.join(',') || undefined,
  };
}

export type EventFilters = ReturnType<typeof eventFilters>;

export const eventListKey = (filters: EventFilters) => ['events', filters] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

export function loadEvents(filters: EventFilters, { cursor, signal }: Place) {
  const query = { ...filters, limit: PAGE_ROWS, cursor };
  return answerOf(client.GET('/events', { params: { query }, signal }));
}

export const eventFacetsQuery = (filters: EventFilters) =>
  queryOptions({
    queryKey: ['event-facets', filters],
    queryFn: ({ signal }) => answerOf(client.GET('/events/facets', { params: { query: filters }, signal })),
  });
