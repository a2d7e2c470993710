import { z } from '@hono/zod-openapi';
import { DAY_MS } from '../core/clock.ts';
import { id, line, listOf, oneOf, rfc3339, timeInput } from '../http/fields.ts';
import { matchers } from '../http/matchers.ts';
import { checkListQuery, pageOf, pagingQuery } from '../http/pagination.ts';
import type { Silence } from './match-silence.ts';

/** Each event is held against all that last. */
export const MAX_SILENCES = 500;
export const MAX_SILENCE_MS = 90 * DAY_MS;
/** How long ahead one may be asked for. */
export const MAX_AHEAD_MS = 366 * DAY_MS;
export const PREVIEW_EVENTS = 1_000;

const STATES = ['active', 'scheduled', 'ended'] as const;

export type SilenceState = (typeof STATES)[number];

/** What silences and windows are for, and who hears of their end. */
export const said = {
  reason: line(500).openapi({ description: 'Why nobody is to be alerted.', example: 'Upgrade of the core switches' }),
  matchers: matchers.min(1).openapi({ description: 'Which events raise no alert. Every one must hold.' }),
  announce_to: z
    .array(z.number().int().positive())
    .min(1)
    .max(20)
    .nullable()
    .openapi({ description: 'The channels, by id, that hear of its end. Null: all that are enabled.' }),
};

export const MATCHERS_EXAMPLE = [{ field: 'source', op: 'starts_with' as const, value: 'core-' }];

const endsAt = timeInput.openapi({ description: 'In the future, after its start and at most 90 days after it.' });

export const newSilence = z
  .strictObject({
    ...said,
    starts_at: timeInput.optional().openapi({ description: 'At most a year ahead. Left out: now.' }),
    ends_at: endsAt,
    announce_to: said.announce_to.default(null),
  })
  .openapi('NewSilence', {
    example: {
      reason: 'Upgrade of the core switches',
      matchers: MATCHERS_EXAMPLE,
      starts_at: '2026-11-21T22:00:00+01:00',
      ends_at: '2026-11-22T02:00:00+01:00',
    },
  });

export type NewSilence = z.output<typeof newSilence>;

export const silencePatch = z
  .strictObject({ ...said, ends_at: endsAt })
  .partial()
  .openapi('SilencePatch', { example: { reason: 'Upgrade of the core switches, second try' } });

export type SilencePatch = z.output<typeof silencePatch>;

export const silenceView = z
  .strictObject({
    id: z.number().int(),
    reason: z.string(),
    matchers,
    starts_at: rfc3339,
    ends_at: rfc3339.openapi({ description: 'When it ends, or was ended.' }),
    state: z.enum(STATES),
    suppressed_count: z.number().int().openapi({
      description: 'High and Critical events that raised no alert. `GET /events?silence=…` lists them.',
    }),
    window_id: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'The maintenance window that it is an occurrence of.' }),
    announce_to: z.array(z.number().int()).nullable(),
    created_by: z.string(),
    created_at: rfc3339,
    ended_by: z.string().nullable().openapi({ description: 'Who ended it before its time.' }),
  })
  .openapi('Silence');

export const silencePage = pageOf(silenceView).openapi('SilencePage');

export const silenceQuery = z
  .strictObject({
    ...pagingQuery(['created_at']),
    state: listOf(oneOf(STATES), { example: 'active,scheduled' }).optional(),
    window: id.optional().openapi({ description: 'The occurrences of this maintenance window.' }),
  })
  .superRefine(checkListQuery);

export type SilenceQuery = z.output<typeof silenceQuery>;

export const silenceTrial = z
  .strictObject({ matchers: said.matchers })
  .openapi('SilenceTrial', { example: { matchers: MATCHERS_EXAMPLE } });

export type SilenceTrial = z.output<typeof silenceTrial>;

export const silencePreview = z
  .strictObject({
    events: z.number().int().openapi({ description: 'How many were looked at: the newest, of any severity.' }),
    matching: z.number().int().openapi({ description: 'Those of them for which every matcher holds.' }),
    alerting: z.number().int().openapi({ description: 'Those of the matching that are High or Critical.' }),
  })
  .openapi('SilencePreview');

export type SilencePreview = z.output<typeof silencePreview>;

export function viewSilence(silence: Silence, now: Date): z.output<typeof silenceView> {
  return {
    id: silence.id,
    reason: silence.reason,
    matchers: silence.matchers,
    starts_at: silence.startsAt.toISOString(),
    ends_at: silence.endsAt.toISOString(),
    state: stateOf(silence, now),
    suppressed_count: silence.suppressedCount,
    window_id: silence.windowId,
    announce_to: silence.announceTo,
    created_by: silence.createdBy,
    created_at: silence.createdAt.toISOString(),
    ended_by: silence.endedBy,
  };
}

/** Over is over, also when it was called off before it began. */
export function stateOf({ startsAt, endsAt }: Pick<Silence, 'startsAt' | 'endsAt'>, now: Date): SilenceState {
  if (endsAt <= now) return 'ended';
  return startsAt <= now ? 'active' : 'scheduled';
}
