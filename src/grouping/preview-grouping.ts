import { desc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { matchesAll } from '../core/matcher.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { PREVIEW_EVENTS, PREVIEW_GROUPS, type Preview, type Trial } from './contract.ts';
import { valuesOf } from './key-of.ts';

/** How the newest events would group by a rule, as if it were the first one. Those with a key of their own do not. */
export async function previewGrouping({ ctx, input }: Call<Trial>): Promise<Preview> {
  authorize(ctx.actor, 'grouping.read');
  const { source, eventType, severity, attributes, dedupKey } = events;
  const newest = await ctx.db
    .select({ source, eventType, severity, attributes, dedupKey })
    .from(events)
    .orderBy(desc(events.id))
    .limit(PREVIEW_EVENTS);
  const matching = newest.filter((event) => event.dedupKey === null && matchesAll(input.matchers, event));
  const groups = Map.groupBy(matching, (event) => JSON.stringify(valuesOf(input.fields, event)));
  const largest = [...groups].sort(([, one], [, other]) => other.length - one.length).slice(0, PREVIEW_GROUPS);
  return {
    events: newest.length,
    matching: matching.length,
    group_count: groups.size,
    groups: largest.map(([values, { length }]) => ({ values: JSON.parse(values), events: length })),
  };
}
