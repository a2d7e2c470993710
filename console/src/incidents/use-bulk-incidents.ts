import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import type { IncidentChange } from './incident-changes.ts';
import type { Incident } from './incident-queries.ts';
import { keepIncident, refreshAround } from './keep-incident.ts';

export type BulkResult = { incident: Incident; problem: string | null };

type Bulk = { done: number; of: number; results: BulkResult[] | null };

/** Does the same to several incidents, one after the other, and tells of each what became of it. */
export function useBulkIncidents() {
  const [bulk, setBulk] = useState<Bulk | null>(null);

  async function run(incidents: Incident[], changeOf: (incident: Incident) => IncidentChange) {
    const results: BulkResult[] = [];
    setBulk({ done: 0, of: incidents.length, results: null });
    for (const incident of incidents) {
      results.push({ incident, problem: await problemOf(changeOf(incident)) });
      setBulk({ done: results.length, of: incidents.length, results: null });
    }
    setBulk({ done: results.length, of: incidents.length, results });
  }

  return { bulk, run, close: () => setBulk(null) };
}

async function problemOf({ incident, send }: IncidentChange): Promise<string | null> {
  try {
    const changed = await send(incident);
    keepIncident(changed);
    refreshAround(changed);
    return null;
  } catch (error) {
    return error instanceof ApiProblem ? error.detail : 'It failed in this page.';
  }
}
