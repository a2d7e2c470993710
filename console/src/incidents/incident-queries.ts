import { queryOptions } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { readChoices, remaining } from '../kit/choices.ts';
import { newerOf } from '../kit/newer-of.ts';
import type { IncidentSearch } from './incident-search.ts';

export type Incident = Schemas['Incident'];

export const INCIDENT_STATUSES = ['open', 'mitigated', 'resolved'] as const satisfies Incident['status'][];
export const INCIDENT_SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4'] as const satisfies Incident['severity'][];

const PAGE_ROWS = 100;

export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: async ({ signal, client: queries, queryKey }) => {
      const found = await answerOf(client.GET('/incidents/{id}', { params: { path: { id } }, signal }));
      return newerOf(queries.getQueryData<Incident>(queryKey), found);
    },
  });

/** The filters of the API that a search in the address stands for. */
export function incidentFilters({ severity, status, tag, service, assignee, search, shelf }: IncidentSearch) {
  return {
    severity: remaining(readChoices(severity), INCIDENT_SEVERITIES),
    status: remaining(readChoices(status), INCIDENT_STATUSES),
    tag: readChoices(tag).include.join(',') || undefined,
    not_tag: readChoices(tag).exclude.join(',') || undefined,
    service: readChoices(service).include[0],
    not_service: readChoices(service).exclude.join(',') || undefined,
    assignee: readChoices(assignee).include[0],
    not_assignee: readChoices(assignee).exclude.join(',') || undefined,
    search,
    archived: shelf === 'archived' ? ('true' as const) : undefined,
    deleted: shelf === 'deleted' ? ('true' as const) : undefined,
  };
}

export type IncidentFilters = ReturnType<typeof incidentFilters>;

export const incidentListKey = (filters: IncidentFilters) => ['incidents', filters] as const;

type Place = { cursor: string | undefined; signal: AbortSignal };

export function loadIncidents(filters: Partial<IncidentFilters> & { id?: string }, { cursor, signal }: Place) {
  const query = { ...filters, limit: PAGE_ROWS, cursor };
  return answerOf(client.GET('/incidents', { params: { query }, signal }));
}

/** What the keys of all facets of incidents begin with. */
export const INCIDENT_FACETS = ['incident-facets'] as const;

export const incidentFacetsQuery = (filters: IncidentFilters) =>
  queryOptions({
    queryKey: [...INCIDENT_FACETS, filters],
    queryFn: ({ signal }) => answerOf(client.GET('/incidents/facets', { params: { query: filters }, signal })),
  });

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => answerOf(client.GET('/tags', { signal })),
  staleTime: 60_000,
});
