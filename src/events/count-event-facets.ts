import type { Call } from '../core/context.ts';
import { countFacets, FACET_WINDOW } from '../db/facets.ts';
import { authorize } from '../identity/permissions.ts';
import type { EventFacetQuery, EventFacets } from './facet-contract.ts';
import { matchEvents, scanned } from './match-events.ts';

/** How the events that the list would show spread over what they can be filtered by. */
export async function countEventFacets({ ctx, input }: Call<EventFacetQuery>): Promise<EventFacets> {
  authorize(ctx.actor, 'event.read');
  const newest = { limit: FACET_WINDOW, sort_order: 'desc' } as const;
  const { scan, tests } = await matchEvents(ctx.db, { ...input, ...newest });
  return countFacets(ctx.db, {
    from: scan(FACET_WINDOW),
    tests,
    facets: {
      severity: { column: scanned.severity },
      source: { column: scanned.source },
      event_type: { column: scanned.eventType },
    },
  });
}
