import { eq, sql } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { countFacets, FACET_WINDOW } from '../db/facets.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import type { AlertFacetQuery, AlertFacets } from './facet-contract.ts';
import { matchAlerts } from './match-alerts.ts';
import { scanned } from './scan-alerts.ts';

/** How the alerts that the list would show spread over what they can be filtered by. */
export async function countAlertFacets({ ctx, input }: Call<AlertFacetQuery>): Promise<AlertFacets> {
  authorize(ctx.actor, 'alert.read');
  const newest = { limit: FACET_WINDOW, sort_order: 'desc' } as const;
  const { scan, tests } = await matchAlerts(ctx.db, { ...input, ...newest });
  return countFacets(ctx.db, {
    from: sql`${scan(FACET_WINDOW)} CROSS JOIN ${events} WHERE ${eq(events.id, scanned.eventId)}`,
    tests,
    facets: {
      status: { column: scanned.status },
      severity: { column: scanned.severity },
      source: { column: events.source },
      event_type: { column: events.eventType },
      assignee: { column: scanned.assignee },
    },
  });
}
