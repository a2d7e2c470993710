import { useState } from 'react';
import { useLiveChanges } from '../kit/use-live-changes.ts';
import { type IncidentFilters, loadIncidents } from './incident-queries.ts';
import { keepIncident } from './keep-incident.ts';

type Options = { filters: IncidentFilters; ids: readonly number[]; refresh: () => Promise<unknown> };

const MOST = 100;

/**
 * What others do while the list is looked at: its incidents change in their places; that there are new ones is said, and
 * they come in when somebody asks for them, so no row moves by itself.
 */
export function useIncidentListNews({ filters, ids, refresh }: Options) {
  const [hasNew, setHasNew] = useState(false);
  useLiveChanges('incident', ({ changed, raised }) => {
    if (raised && [...changed].some((id) => !ids.includes(id))) setHasNew(true);
    const known = ids.filter((id) => changed.has(id)).slice(0, MOST);
    if (known.length > 0) void readAgain(filters, known).catch(() => undefined);
  });
  const show = async () => {
    setHasNew(false);
    await refresh();
  };
  return { hasNew, show };
}

async function readAgain({ archived, deleted }: IncidentFilters, ids: readonly number[]): Promise<void> {
  const { signal } = new AbortController();
  const filters = { archived, deleted, id: ids.join(',') };
  const { data } = await loadIncidents(filters, { cursor: undefined, signal });
  for (const incident of data) keepIncident(incident);
}
