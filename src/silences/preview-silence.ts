import { desc } from 'drizzle-orm';
import type { Call } from '../core/context.ts';
import { matchesAll } from '../core/matcher.ts';
import { raisesAlert } from '../core/severity.ts';
import { events } from '../events/table.ts';
import { authorize } from '../identity/permissions.ts';
import { PREVIEW_EVENTS, type SilencePreview, type SilenceTrial } from './contract.ts';

/** How many of the newest events these matchers hold for, so that nobody silences everything unawares. */
export async function previewSilence({ ctx, input }: Call<SilenceTrial>): Promise<SilencePreview> {
  authorize(ctx.actor, 'silence.read');
  const { source, eventType, severity, attributes } = events;
  const newest = await ctx.db
    .select({ source, eventType, severity, attributes })
    .from(events)
    .orderBy(desc(events.id))
    .limit(PREVIEW_EVENTS);
  const matching = newest.filter((event) => matchesAll(input.matchers, event));
  const alerting = matching.filter((event) => raisesAlert(event.severity));
  return { events: newest.length, matching: matching.length, alerting: alerting.length };
}
