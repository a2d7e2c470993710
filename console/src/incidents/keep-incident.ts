import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';
import { newerOf } from '../kit/newer-of.ts';
import { withRow } from '../kit/use-cursor-list.ts';
import { type Incident, incidentQuery } from './incident-queries.ts';

type Pages = InfiniteData<Schemas['IncidentPage'], string | undefined>;

/** Puts an incident as it is now wherever it is shown, unless a later state of it is known. */
export function keepIncident(incident: Incident): void {
  queryClient.setQueryData(incidentQuery(incident.id).queryKey, (known) => newerOf(known, incident));
  queryClient.setQueriesData<Pages>({ queryKey: ['incidents'] }, (pages) => {
    return withRow(pages, incident) as Pages | undefined;
  });
}

/** After a change was done: what it made another of is counted and read anew. */
export function refreshAround({ id }: Incident): void {
  void queryClient.invalidateQueries({ queryKey: ['incident-facets'] });
  void queryClient.resetQueries({ queryKey: ['incident', id, 'timeline'] });
  // Lists that nobody looks at begin anew when someone does: it may not belong there any more.
  queryClient.removeQueries({ queryKey: ['incidents'], type: 'inactive' });
}
