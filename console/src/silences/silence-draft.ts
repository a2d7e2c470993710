import { answerOf, client } from '../api/client.ts';
import { fromLocalInput, toLocalInput } from '../kit/local-time.ts';
import { type MatcherDraft, matcherDraft, readMatcher } from '../kit/matchers.ts';
import type { Silence } from './silence-queries.ts';
import type { SilenceSearch } from './silence-search.ts';

/** A silence while it is written; its times as their inputs hold them. */
export type SilenceDraft = {
  reason: string;
  matchers: MatcherDraft[];
  /** Empty for now. */
  startsAt: string;
  endsAt: string;
  /** Who hears of its end; none for all. */
  announceTo: number[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What the form starts with: the silence, or a new one of an hour for events like the one that led here. */
export function silenceDraft(silence: Silence | undefined, about: SilenceSearch): SilenceDraft {
  if (!silence) {
    const named = (['source', 'event_type'] as const).flatMap((field) => {
      const value = about[field];
      return value === undefined ? [] : [{ field, op: 'eq' as const, value }];
    });
    const matchers = named.length > 0 ? named : [{ field: 'source', op: 'eq' as const, value: '' }];
    return { reason: '', matchers, startsAt: '', endsAt: endAfter('', HOUR_MS), announceTo: [] };
  }
  return {
    reason: silence.reason,
    matchers: silence.matchers.map(matcherDraft),
    startsAt: toLocalInput(new Date(silence.starts_at)),
    endsAt: toLocalInput(new Date(silence.ends_at)),
    announceTo: silence.announce_to ?? [],
  };
}

/** So long after a start; after now where that is empty. */
export function endAfter(startsAt: string, ms: number): string {
  const start = startsAt ? Date.parse(startsAt) : Date.now();
  return toLocalInput(new Date(start + ms));
}

/** The draft with another start: it lasts as long as before. */
export function withStart({ startsAt, endsAt }: SilenceDraft, start: string): Partial<SilenceDraft> {
  const exact = Date.parse(endsAt) - (startsAt ? Date.parse(startsAt) : Date.now());
  const length = Math.ceil(exact / MINUTE_MS) * MINUTE_MS;
  return { startsAt: start, endsAt: length > 0 ? endAfter(start, length) : endsAt };
}

/** Creates it, or changes what of it may still be changed. */
export function saveSilence(draft: SilenceDraft, silence: Silence | undefined): Promise<Silence> {
  const said = {
    reason: draft.reason.trim(),
    ends_at: fromLocalInput(draft.endsAt) ?? '',
    announce_to: draft.announceTo.length > 0 ? draft.announceTo : null,
  };
  const matchers = draft.matchers.map(readMatcher);
  if (!silence) {
    const starts_at = fromLocalInput(draft.startsAt);
    return answerOf(client.POST('/silences', { body: { ...said, matchers, ...(starts_at && { starts_at }) } }));
  }
  const body = silence.state === 'scheduled' ? { ...said, matchers } : said;
  return answerOf(client.PATCH('/silences/{id}', { params: { path: { id: silence.id } }, body }));
}
