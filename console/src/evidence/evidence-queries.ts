import type { InfiniteData } from '@tanstack/react-query';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Schemas } from '../api/schema.ts';

export type Evidence = Schemas['Evidence'];

type Pages = InfiniteData<Schemas['EvidencePage'], string | undefined>;
type Place = { cursor: string | undefined; signal: AbortSignal };

const PAGE_ROWS = 50;

export const evidenceKey = (incidentId: number) => ['incident', incidentId, 'evidence'] as const;

export function loadEvidence(id: number, { cursor, signal }: Place) {
  const params = { path: { id }, query: { limit: PAGE_ROWS, cursor } };
  return answerOf(client.GET('/incidents/{id}/evidence', { params, signal }));
}

/** Puts a new file before all others. */
export function keepEvidence(file: Evidence): void {
  queryClient.setQueryData<Pages>(evidenceKey(file.incident_id), (pages) => {
    const [first, ...others] = pages?.pages ?? [];
    return pages && first && { ...pages, pages: [{ ...first, data: [file, ...first.data] }, ...others] };
  });
  refreshTimeline(file.incident_id);
}

/** Takes a deleted file from the list. */
export function dropEvidence({ id, incident_id }: Evidence): void {
  queryClient.setQueryData<Pages>(
    evidenceKey(incident_id),
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((file) => file.id !== id) })),
      },
  );
  refreshTimeline(incident_id);
}

function refreshTimeline(incidentId: number): void {
  void queryClient.resetQueries({ queryKey: ['incident', incidentId, 'timeline'] });
}
