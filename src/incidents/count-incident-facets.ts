import type { Call } from '../core/context.ts';
import { countFacets, FACET_WINDOW } from '../db/facets.ts';
import { authorize } from '../identity/permissions.ts';
import type { IncidentFacetQuery, IncidentFacets } from './facet-contract.ts';
import { matchIncidents } from './match-incidents.ts';
import { scanned } from './scan-incidents.ts';

/** How the incidents that the list would show spread over what they can be filtered by. */
export async function countIncidentFacets({ ctx, input }: Call<IncidentFacetQuery>): Promise<IncidentFacets> {
  authorize(ctx.actor, 'incident.read');
  const newest = { limit: FACET_WINDOW, sort_order: 'desc' } as const;
  const { scan, tests } = await matchIncidents(ctx.db, { ...input, ...newest });
  return countFacets(ctx.db, {
    from: scan(FACET_WINDOW),
    tests,
    facets: {
      status: { column: scanned.status },
      severity: { column: scanned.severity },
      service: { column: scanned.service },
      assignee: { column: scanned.assignee },
      tag: { column: scanned.tags, isList: true },
    },
  });
}
